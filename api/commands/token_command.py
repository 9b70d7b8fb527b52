"""`shilian token`: who may come in from outside, as what, and for which part of the district."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.command import Entry, add_command, add_group, wrong_usage
from api.door import Door
from api.opening import open_graph
from graph.access import ROLE_WORDS, ROLES, Role, Token, TokenFile
from graph.errors import ArgumentError
from graph.schema.organizations import Subdistrict
from graph.texts import Said
from queries.reading.units import UnitRef, find_unit

ADD = Entry("add", Said("发一个令牌", "issue a token"), "shilian token add 张主任 --role officer --area 长安路街道")
LIST = Entry("list", Said("全部令牌", "every token"), "shilian token list")
REVOKE = Entry("revoke", Said("撤销令牌，立即生效", "revoke a token, at once"), "shilian token revoke 张主任")
Holder = Annotated[
    str, typer.Argument(metavar="NAME", help=Said("持有人，记入台账", "the holder, as the record will name them"))
]
RoleName = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="|".join(ROLES),
        help=Said(
            "viewer 查看；officer 本单位或辖区；analyst 全区、采纳结对；steward 另可载入和更正",
            "viewer asks; officer: own unit or area; analyst: the district, accepts pairings; steward: loads and corrects, too",
        ),
    ),
]
Area = Annotated[
    str,
    typer.Option("--area", metavar="SUBDISTRICT", help=Said("只限这个街道的党员", "only this subdistrict's members")),
]
Unit = Annotated[
    str, typer.Option("--unit", metavar="UNIT", help=Said("只限这个单位的党员", "only this unit's members"))
]


def make_app(entry: Entry, lang: str, _part: str = "") -> typer.Typer:
    """Return the group of commands about tokens."""
    app = typer.Typer(rich_markup_mode="rich")
    add_group(app, entry, lang)
    for command, function in ((ADD, add_token), (LIST, list_tokens), (REVOKE, revoke_token)):
        add_command(app, command, function, lang)
    return app


def add_token(door: Door, name: Holder, role: RoleName, area: Area = "", unit: Unit = "") -> None:
    """Issue a token: it is shown once, and the workspace keeps only its hash."""
    with wrong_usage():
        limits = _read_limits(door, _read_role(role), area, unit)
        token = TokenFile(door.settings.workspace).add(name, _read_role(role), door.settings.user, **limits)
    if door.json:
        door.print_json({"name": name, "role": role, "limited_to": limits.get("shown", ""), "token": token})
        return
    door.tell(f"令牌（只显示这一次）：{token}", f"The token (shown this once): {token}")
    door.tell(f"请求头：Authorization: Bearer {token}", f"Send the header Authorization: Bearer {token}")


def list_tokens(door: Door) -> None:
    """Show who holds which token, and which were revoked."""
    tokens = TokenFile(door.settings.workspace).read()
    if door.json:
        door.print_json({"tokens": [token.as_dict() for token in tokens]})
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (
        door.say("持有人", "holder"),
        door.say("身份", "role"),
        door.say("限于", "limited to"),
        door.say("发放", "issued"),
        door.say("撤销", "revoked"),
    ):
        table.add_column(heading, overflow="fold")
    for token in tokens:
        table.add_row(escape(token.name), ROLE_WORDS[token.role].text(door.lang), *_describe(token))
    door.out.print(table if tokens else door.say("还没有令牌。", "No tokens yet."))


def revoke_token(door: Door, name: Holder) -> None:
    """Revoke a holder's token: the next request with it is refused, also in the middle of a session."""
    revoked = TokenFile(door.settings.workspace).revoke(name)
    if door.json:
        door.print_json(revoked.as_dict())
    else:
        door.tell(f"已撤销：{name}", f"Revoked: {name}")


def _describe(token: Token) -> list[str]:
    return [escape(token.shown), f"{token.at[:10]} {escape(token.by)}", token.revoked[:16].replace("T", " ")]


def _read_role(text: str) -> Role:
    for role in ROLES:
        if text in (role, ROLE_WORDS[role], ROLE_WORDS[role].en):
            return role
    raise ArgumentError(argument="--role", value=text, reason=" | ".join(ROLES))


def _read_limits(door: Door, role: Role, area: str, unit: str) -> dict[str, str]:
    """Return the area or unit of a token by its id and name; the graph must know it."""
    if area and unit:
        raise ArgumentError(argument="--area / --unit", value="", reason=Said("只能选一个", "choose one"))
    if role in {"analyst", "steward"} and (area or unit):
        reason = Said("分析员和数据管理员面向全区，不能限于一处", "analysts and stewards are for the whole district")
        raise ArgumentError(argument="--role", value=role, reason=reason)
    if not area and not unit:
        return {}
    with open_graph(door.settings) as graph:
        found: UnitRef = find_unit(graph, area, (Subdistrict,)) if area else find_unit(graph, unit)
    return {"area" if area else "unit": found.id, "shown": found.name}

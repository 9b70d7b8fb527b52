"""`shilian serve`: the API and the pages, on this machine or for others."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.web_server import DEFAULT_PORT, Encryption, Server
from graph.texts import Said

Certificate = Annotated[
    Path | None, typer.Option("--cert", metavar="FILE", help=Said("TLS 证书（PEM）", "the certificate for TLS (PEM)"))
]
Key = Annotated[Path | None, typer.Option("--key", metavar="FILE", help=Said("证书的密钥（PEM）", "its key (PEM)"))]
BehindProxy = Annotated[
    bool,
    typer.Option("--behind-proxy", help=Said("前面有反向代理负责加密", "a proxy in front of this server encrypts")),
]


def run(
    door: Door,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help=Said(
                "地址；其他电脑能访问的地址须有令牌并加密",
                "the address; one that other machines reach needs tokens and encryption",
            ),
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=Said("端口（0 为任选）", "the port (0: any)"))
    ] = DEFAULT_PORT,
    cert: Certificate = None,
    key: Key = None,
    behind_proxy: BehindProxy = False,
) -> None:
    """Serve until interrupted; the printed link signs one browser in, once."""
    with Server(door.settings, host, port, Encryption(cert, key, behind_proxy), apart=True) as server:
        if door.json:
            door.print_json({"url": server.url, "link": server.link, "token": server.token})
        else:
            door.tell(
                f"请在浏览器打开（链接只能用一次）：{server.link}",
                f"Open in a browser (the link works once): {server.link}",
            )
            door.tell(
                f"脚本可用请求头 Authorization: Bearer {server.token}；按 Ctrl+C 停止。",
                f"Scripts send the header Authorization: Bearer {server.token}; Ctrl+C stops.",
            )
        sys.stdout.flush()
        server.run()
        if server.is_at_work:  # a long plan, or a load that waits for another process, would keep this one for minutes
            os._exit(0)

"""`shilian serve`: the API and the pages on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from api.door import Door
from api.web_server import DEFAULT_PORT, Server


def run(
    door: Door,
    host: Annotated[str, typer.Option("--host", help="本机地址 ¦ an address of this machine")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="端口（0 为任选） ¦ the port (0: any)")
    ] = DEFAULT_PORT,
) -> None:
    """Serve until interrupted; the printed link signs the browser in."""
    with Server(door.settings, host, port) as server:
        if door.json:
            door.print_json({"url": server.url, "link": server.link, "token": server.token})
        else:
            door.tell(f"请在浏览器打开：{server.link}", f"Open in a browser: {server.link}")
            door.tell(
                f"脚本可用请求头 Authorization: Bearer {server.token}；按 Ctrl+C 停止。",
                f"Scripts send the header Authorization: Bearer {server.token}; Ctrl+C stops.",
            )
        server.run()

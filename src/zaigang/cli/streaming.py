"""The process of the live stream: `python -m zaigang.cli.streaming HOST PORT PARENT`. Started by `zaigang serve`.

It holds nothing that could be lost, so it simply ends: when it is told to, and when the process PARENT is gone.
"""

import asyncio
import os
import signal
import sys
from types import FrameType

import click

LOOK_EVERY = 0.5
PORT_TAKEN = (
    "叫号屏的实时更新没有启动（{port} 端口：{reason}）。屏幕会每隔几秒自己更新；请用 --live-port 换端口。"
)


def main(host: str, port: int, parent: int) -> None:
    """Serve the stream until somebody or something ends it; exit status 1 when the port cannot be had."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        asyncio.run(_serve(host, port, parent))
    except (OSError, RuntimeError) as error:
        click.echo(PORT_TAKEN.format(port=port, reason=str(error).splitlines()[0]), err=True)
        os._exit(1)


async def _serve(host: str, port: int, parent: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 -- slow to load
    from granian.server.embed import Server  # noqa: PLC0415 -- as above

    from config.live import application  # noqa: PLC0415 -- settings are read here
    from zaigang.hall.live import MOST_CLIENTS  # noqa: PLC0415 -- as above

    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=1024,
        backpressure=MOST_CLIENTS + 100,  # those above it are refused in words, not left to wait
        log_enabled=False,
        log_access=False,
    )
    watching = asyncio.create_task(_watch(parent))
    try:
        await server.serve()
    finally:
        watching.cancel()


async def _watch(parent: int) -> None:
    """A killed parent cannot say that it is gone; its child is then handed to another."""
    while os.getppid() == parent:
        await asyncio.sleep(LOOK_EVERY)
    os._exit(0)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

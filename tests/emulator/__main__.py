"""The emulator as a process of its own: `python -m tests.emulator --port 8081 --log calls.jsonl`.

Decides nothing; serves until it is stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from tests.emulator.server import TOKEN, Emulator


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT, printing the address once."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Emulator.start(
        token=arguments.token,
        port=arguments.port,
        time_scale=arguments.time_scale,
        limits=arguments.limits,
        seed=arguments.seed,
        log=arguments.log,
    ) as emulator:
        sys.stdout.write(f"{emulator.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.emulator")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--time-scale", type=float, default=1.0)
    parser.add_argument("--limits", action="store_true", help="answer 429 above Telegram's rates")
    parser.add_argument("--seed", type=int, default=0)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()

"""The one command ``chuangkou`` with its several faces (design.md, One program, several faces)."""

import argparse
import sys
from collections.abc import Sequence

from app.commands import card, counter, demo, desk, doctor, due, server, simulate, slip

COMMANDS = (demo, counter, server, card, due, slip, simulate, doctor, desk)
"""Each module registers its arguments and runs; what is heavy it imports when it runs."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 2 wrong usage, 3 refused or failed."""
    parser = argparse.ArgumentParser(prog="chuangkou", description="Counter client for government service centres")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    status: int = arguments.run(arguments)
    return status


if __name__ == "__main__":
    sys.exit(main())

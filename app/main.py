"""The one command ``chuangkou`` with its several faces (design.md, One program, several faces)."""

import argparse
import json
import logging
import secrets
import sys
from collections.abc import Sequence

from app.commands import card, counter, demo, desk, doctor, due, server, simulate, slip
from app.commands.messages import text

log = logging.getLogger(__name__)
FAILED = 3

COMMANDS = (demo, counter, server, card, due, slip, simulate, doctor, desk)
"""Each module registers its arguments and runs; what is heavy it imports when it runs."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 2 wrong usage, 3 refused or failed."""
    parser = argparse.ArgumentParser(prog="chuangkou", description="Counter client for government service centres")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except Exception:
        return _unexpected()
    return status


def _unexpected() -> int:
    """Give an error that no command knows a number: the traceback goes to the log, the number to the caller."""
    incident = f"E-{secrets.token_hex(3).upper()}"
    log.exception("command_failed incident=%s", incident)
    line = {"error": "unexpected", "message": text("unexpected", incident=incident)}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())

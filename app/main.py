"""The one command ``chuangkou`` with its several faces (design.md, One program, several faces)."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = ("demo", "counter", "server", "card", "due", "slip", "simulate", "doctor", "desk")
"""Modules of ``app.commands``; each registers its arguments and runs. Only the one that is named is loaded."""
FAILED = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 2 wrong usage, 3 refused or failed."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="chuangkou", description="Counter client for government service centres")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in given[:1] if given[:1] and given[0] in COMMANDS else COMMANDS:
        import_module(f"app.commands.{name}").register(subparsers)
    arguments = parser.parse_args(given)
    try:
        status: int = arguments.run(arguments)
    except Exception:
        # The last place that can give an unforeseen error a number; a command that does what it should needs none.
        import logging  # noqa: PLC0415
        import secrets  # noqa: PLC0415

        incident = f"E-{secrets.token_hex(3).upper()}"
        logging.getLogger(__name__).exception("command_failed incident=%s", incident)
        _say("unexpected", incident)
        return FAILED
    return status


def _say(code: str, incident: str) -> None:
    """Put the one JSON line of a refusal."""
    import json  # noqa: PLC0415 - as above

    from app.storage.messages import text  # noqa: PLC0415 - as above

    sys.stdout.write(json.dumps({"error": code, "message": text(code, incident=incident)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())

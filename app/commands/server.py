"""``chuangkou server``: the central server of a hall, or of the demo."""

import argparse
import json
import sys
from pathlib import Path

from app.commands import server_backup
from app.commands.system_clock import BadInstant, SystemClock, demo_clock
from app.storage.messages import text


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser("server", help="the central server; one JSON line says where it listens")
    parser.add_argument("--db", metavar="URL", help="sqlite:///FILE or postgresql://…")
    parser.add_argument("--data", metavar="DIR", type=Path, help="key file and demo credentials")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8642, help="port (default 8642; 0 takes a free one)")
    parser.add_argument(
        "--workers", metavar="N", type=int, default=1, help="server processes on one PostgreSQL (default 1)"
    )
    parser.add_argument(
        "--demo", action="store_true", help="hall 9901, open round the clock, with demo-credentials.json"
    )
    parser.add_argument(
        "--enrol",
        metavar="WINDOW",
        help="say a one-time code for a new computer (a window, `manager`, `guide`) and end",
    )
    parser.add_argument(
        "--copies-gb", metavar="N", type=int, default=100, help="room for the scanned copies of a hall (default 100)"
    )
    server_backup.register(parser)
    parser.set_defaults(run=run, refuse_usage=parser.error)


def run(args: argparse.Namespace) -> int:
    """Serve until the end; returns the exit status."""
    if args.db is None or args.data is None:
        args.refuse_usage("the following arguments are required: --db, --data")
    from sync.server import main  # noqa: PLC0415 - heavy, and only this command needs it

    try:
        clock = demo_clock() if args.demo else SystemClock()
    except BadInstant as error:
        line = {"error": "instant_unreadable", "message": text("instant_unreadable", place=error)}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return main.REFUSED
    settings = main.Settings(
        args.db, args.data, args.host, args.port, args.workers, args.demo, args.enrol, args.copies_gb
    )
    return main.run(settings, clock)

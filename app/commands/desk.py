"""``chuangkou desk``: the citizen's side of the demo hall, a window of its own."""

import argparse
from pathlib import Path


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("desk", help="the citizen's side of the demo: cards, paper, plugs")
    parser.add_argument("--file", type=Path, required=True, help="desk.json as `chuangkou demo` wrote it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    from app.commands.system_clock import SystemClock  # noqa: PLC0415 - Qt is slow to import
    from devices.sam.demo_cards import demo_card, people  # noqa: PLC0415 - with it
    from ui.desk.application import run_desk  # noqa: PLC0415 - with it

    return run_desk(arguments.file, {name: demo_card(name) for name in people()}, SystemClock())

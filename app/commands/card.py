"""``chuangkou card``: read one ID card and print it as one JSON line, to try a reader and for other programs."""

import argparse
import json
import math
import sys
import time
from typing import Any

from app.commands.system_clock import SystemClock
from app.domain.id_card import IdCard
from app.ports.clock import Clock
from app.ports.device_fault import FaultReason
from app.storage.messages import text
from devices.errors import DeviceError
from devices.sam.dialogue import POLL_MS, read_whatever_find_says
from devices.sam.fields import to_fields
from devices.sam.line import EXAMPLES, Line, line_to

DONE = 0
WRONG_USAGE = 2
FAILED = 3
LONGEST_TIMEOUT_S = 3600.0
LINE_GONE = (FaultReason.DISCONNECTED, FaultReason.HELPER_LOST)
"""After these the line is opened again."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser("card", help="读一张身份证", description="读一张身份证，输出一行 JSON。")
    parser.add_argument("--port", metavar="URL", required=True, help=EXAMPLES)
    parser.add_argument("--timeout", metavar="S", type=_seconds, default=10.0, help="最多等几秒，默认 10")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the one JSON line and return the exit status."""
    clock = SystemClock()
    try:
        card = read_within(args.timeout, args.port, clock)
    except DeviceError as error:
        _print({"error": error.reason, "message": text(error.reason) + text(error.advice)})
        return WRONG_USAGE if error.reason is FaultReason.BAD_PORT else FAILED
    _print(to_fields(card))
    return DONE


def read_within(timeout_s: float, url: str, clock: Clock) -> IdCard:
    """Try until a card is read, whatever failed.

    Raises:
        DeviceError: the time is over; the last failure that says more than "no card", and was not our own hurry.
    """
    deadline = clock.monotonic_ms() + round(timeout_s * 1000)
    line = line_to(url, clock)(lambda: clock.monotonic_ms() >= deadline)
    failure: DeviceError | None = None
    is_open = False
    try:
        while True:
            try:
                if not is_open:
                    line.open()
                    is_open = True
                return _attempt(line)
            except DeviceError as error:
                left = deadline - clock.monotonic_ms()
                if failure is None or (error.reason is not FaultReason.NO_CARD and left > 0):
                    failure = error
                if error.reason in LINE_GONE:
                    is_open = False
            if left <= 0:
                raise failure
            time.sleep(min(left, POLL_MS) / 1000)
    finally:
        line.close()


def _attempt(line: Line) -> IdCard:
    """Go through find, select, read once; the first failure ends it, the next attempt starts from find."""
    dialogue = read_whatever_find_says()
    action = next(dialogue)
    while True:
        try:
            action = dialogue.send(line.ask(action.command))
        except StopIteration as done:
            card: IdCard = done.value
            return card


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _seconds(value: str) -> float:
    seconds = float(value)
    if not (math.isfinite(seconds) and 0 < seconds <= LONGEST_TIMEOUT_S):
        raise ValueError("out of range")
    return seconds

"""``chuangkou counter``: the Qt client of one counter PC."""

import argparse
import json
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import counter_backup
from app.commands.display import display_reachable
from app.commands.floor_settings import FloorSettings
from app.commands.opening import Machine, Opening
from app.commands.place import NotEnrolled, Place, place_of
from app.commands.settings import BadSettings, CounterSettings, checked_server
from app.commands.system_clock import BadInstant, SystemClock, demo_clock
from app.domain.rights import Act, Role, may
from app.ports.clock import Clock
from app.storage.messages import text

if TYPE_CHECKING:
    from app.commands.manager_session import ManagerSession

WRONG_USAGE = 2
REFUSED = 3
LOG_BYTES = 4 << 20
LOG_FILES = 8


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("counter", help="the counter window")
    parser.add_argument("--server", metavar="URL", help="the hall's server; overrules the settings file")
    parser.add_argument("--data", type=Path, default=Path("var/counter"), help="settings, database and log of this PC")
    counter_backup.register(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed."""
    if not display_reachable():
        sys.stderr.write(text("no_display") + "\n")
        return WRONG_USAGE
    data = arguments.data.resolve()
    try:
        place = place_of(data, arguments.server)
        server = checked_server(arguments.server or place.server)
        # Only the demo and tests have a clerk in a file, and only they may stop the clock.
        by_file = not isinstance(place, NotEnrolled) and place.sign_in_file is not None
        clock = demo_clock() if by_file else SystemClock()
        _log_to(data / "log")
        if by_file and isinstance(place, FloorSettings):
            return _own_window(data, server, clock, place, place)
    except BadSettings as error:
        return _refuse(error.fault, place=error.place)
    except BadInstant as error:
        return _refuse("instant_unreadable", place=error)
    except OSError:
        return _refuse("data_unusable", place=data)
    from ui.application import run_counter  # noqa: PLC0415 - Qt is slow to import

    opening = Opening(Machine(data, arguments.server, clock), place)

    def go_on(status: int) -> int:
        return status if opening.manager is None else _own_window(data, server, clock, opening.place, opening.manager)

    return run_counter(opening.open, opening.close, clock, go_on)


def _own_window(data: Path, server: str, clock: Clock, place: Place, who: "FloorSettings | ManagerSession") -> int:
    """Show the window of who is no counter's clerk: on a PC that is no counter, or for who signed in at one."""
    if may({who.role}, Act.SET_DEVICES) and not isinstance(who, FloorSettings):
        from app.commands.settings_opening import SettingsOpening  # noqa: PLC0415 - Qt is slow to import
        from ui.screens.settings.program import run_settings  # noqa: PLC0415 - the same

        return run_settings(SettingsOpening(data, clock, who.name, who.clerk).open, clock)
    if who.role is Role.REVIEWER and isinstance(place, CounterSettings) and not isinstance(who, FloorSettings):
        from app.commands.review_opening import ReviewOpening  # noqa: PLC0415 - Qt is slow to import
        from ui.screens.review.program import run_review  # noqa: PLC0415 - the same

        review = ReviewOpening(data, place, server, clock, who)
        return run_review(review.open, review.close, clock)
    if who.role is Role.GUIDE and not isinstance(place, NotEnrolled) and place.printer is not None:
        from app.commands.guide_opening import GuideOpening  # noqa: PLC0415 - Qt is slow to import
        from ui.screens.guide.program import run_guide  # noqa: PLC0415 - the same

        guide = GuideOpening(server, clock, who, place.printer)
        return run_guide(guide.open, guide.close, clock)
    from app.commands.floor_opening import FloorOpening  # noqa: PLC0415 - Qt is slow to import
    from ui.screens.floor.program import run_floor  # noqa: PLC0415 - the same

    exports = place.exports if isinstance(place, FloorSettings) else None
    opening = FloorOpening(data, server, clock, who, exports)
    return run_floor(opening.open, opening.close, clock)


def _refuse(code: str, **values: object) -> int:
    sys.stdout.write(json.dumps({"error": code, "message": text(code, **values)}, ensure_ascii=False) + "\n")
    return REFUSED


def _log_to(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "counter.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("httpx2").setLevel(logging.WARNING)

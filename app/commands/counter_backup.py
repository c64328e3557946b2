"""``chuangkou counter backup`` and its kin: what is done about a copy of one counter's store, without its window."""

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.json_line import DONE, NO_ROOM, Line, Refusal, disk_code, refuse, say
from app.commands.settings import BadSettings, load_settings
from app.commands.system_clock import SystemClock
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.messages import text

if TYPE_CHECKING:
    from app.storage.store_files import StorePlace

_OF_THE_BACKUP = {
    StoreFaultReason.DAMAGED: "backup_damaged",
    StoreFaultReason.WRONG_KEY: "backup_not_of_this_key",
    StoreFaultReason.NEWER: "backup_newer",
}
"""What is wrong with a file that a store shall be made of; the store itself was not touched."""


def register(parser: argparse.ArgumentParser) -> None:
    """Add the verbs to ``chuangkou counter``."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    backup = _verb(
        verbs, "backup", "a copy of the encrypted store under the same key, while the window is open", _backup
    )
    backup.add_argument("--to", metavar="FILE", type=Path, required=True)
    restore = _verb(verbs, "restore", "make the store out of a backup; the present files are moved aside", _restore)
    restore.add_argument("--from", metavar="FILE", type=Path, required=True, dest="source")
    _verb(verbs, "rebuild", "make a damaged store anew out of what can be read of it", _rebuild)


def _verb(verbs: Any, name: str, said: str, work: Callable[[argparse.Namespace], Line]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=said)
    parser.add_argument("--data", type=Path, default=Path("var/counter"), help="settings and database of this PC")
    parser.set_defaults(run=lambda arguments: _told(work, arguments))
    return parser


def _told(work: Callable[[argparse.Namespace], Line], arguments: argparse.Namespace) -> int:
    try:
        return say(work(arguments), DONE)
    except Refusal as refusal:
        return refuse(refusal.code, **refusal.values)
    except StoreFault as fault:
        code = NO_ROOM if fault.reason is StoreFaultReason.DISK_FULL else fault.reason.value
        return refuse(code, place=getattr(arguments, "to", arguments.data))
    except BadSettings as error:
        return refuse(error.fault, place=error.place)
    except FileExistsError as error:
        return refuse("backup_exists", place=error)
    except OSError as error:
        return refuse(disk_code(error), place=error.filename or getattr(arguments, "to", arguments.data))


def _backup(arguments: argparse.Namespace) -> Line:
    from app.commands.store_doors import store_place  # noqa: PLC0415 - SQL is slow to load
    from app.storage.store_files import backup  # noqa: PLC0415 - as above

    data, to = arguments.data.resolve(), arguments.to.absolute()
    place = store_place(data, load_settings(data / "counter.toml").key_store, SystemClock())
    if not place.path.is_file():
        raise Refusal("backup_nothing_there")
    backup(place, to)
    return {"backup": str(to), "bytes": to.stat().st_size, "message": text("counter_backup_made", place=to)}


def _restore(arguments: argparse.Namespace) -> Line:
    from app.commands.store_doors import store_place  # noqa: PLC0415 - as above
    from app.storage.store_files import restore  # noqa: PLC0415 - as above

    data, clock = arguments.data.resolve(), SystemClock()
    place = store_place(data, load_settings(data / "counter.toml").key_store, clock)
    if not arguments.source.is_file():
        raise Refusal("backup_not_one")
    _require_alone(place)
    try:
        report = restore(arguments.source.absolute(), place, clock)
    except StoreFault as fault:
        if fault.reason not in _OF_THE_BACKUP:
            raise
        raise Refusal(_OF_THE_BACKUP[fault.reason]) from fault
    return {"saved": report.saved, "message": text("counter_restored", saved=report.saved)}


def _rebuild(arguments: argparse.Namespace) -> Line:
    from app.commands.store_doors import rebuild_here, store_place  # noqa: PLC0415 - as above
    from app.storage.store_files import open_checked  # noqa: PLC0415 - as above

    data, clock = arguments.data.resolve(), SystemClock()
    key_store = load_settings(data / "counter.toml").key_store
    place = store_place(data, key_store, clock)
    if not place.path.exists():
        raise Refusal("backup_nothing_there")
    _require_alone(place)
    try:
        with contextlib.closing(open_checked(place.path, place.keys.database, clock)) as store:
            store.verify()
    except StoreFault as fault:
        if fault.reason is not StoreFaultReason.DAMAGED:
            raise
    else:
        return {"saved": 0, "message": text("counter_sound")}
    report = rebuild_here(data, key_store, clock)
    figures = {"saved": report.saved, "missing": len(report.missing)}
    return {**figures, "folder": report.folder, "message": text("counter_rebuilt", **figures)}


def _require_alone(place: "StorePlace") -> None:
    from app.storage.store_files import in_use  # noqa: PLC0415 - as above

    if in_use(place):
        raise Refusal("counter_in_use")

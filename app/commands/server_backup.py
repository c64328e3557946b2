"""``chuangkou server backup`` and its kin: what the machine's operator does about a copy of the hall's data."""

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from app.commands.json_line import DONE, NO_ROOM, REFUSED, Line, Refusal, disk_code, refuse, say
from app.commands.server_verify import verified
from app.commands.system_clock import SystemClock
from app.domain.business_day import CHINA
from app.storage.messages import text


def register(parser: argparse.ArgumentParser) -> None:
    """Add the verbs to ``chuangkou server``."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    backup = _verb(
        verbs, "backup", "a sealed copy of database, anchors and scanned copies, while the server runs", _backup
    )
    backup.add_argument("--to", metavar="FILE", type=Path, required=True, help="{time} in its name becomes the moment")
    backup.add_argument("--keep", metavar="N", type=int, help="delete all but the newest N backups of that folder")
    check = _verb(verbs, "check", "read a backup from end to end", _check, database=False)
    check.add_argument("--from", metavar="FILE", type=Path, required=True, dest="source")
    restore = _verb(verbs, "restore", "fill an empty database from a backup", _restore)
    restore.add_argument("--from", metavar="FILE", type=Path, required=True, dest="source")
    restore.add_argument(
        "--skip", metavar="N", type=int, default=100, help="ticket numbers of today left out at least (default 100)"
    )
    _verb(verbs, "verify", "prove the log of operations, and compare it with the anchors of every day", _verify)
    release = _verb(verbs, "release", "after a restore: wait no longer for a window's counter", _release)
    release.add_argument("--hall", required=True)
    release.add_argument("--window", help="one window (default: all); look first at what it called")


def _verb(
    verbs: Any, name: str, said: str, work: Callable[[argparse.Namespace], Line], *, database: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=said)
    if database:
        parser.add_argument("--db", metavar="URL", required=True, help="sqlite:///FILE or postgresql://…")
    parser.add_argument("--data", metavar="DIR", type=Path, required=True, help="where server.key and the copies lie")
    parser.set_defaults(run=lambda arguments: _told(work, arguments))
    return parser


def _told(work: Callable[[argparse.Namespace], Line], arguments: argparse.Namespace) -> int:  # noqa: PLR0911 - a line each
    from sync.server.backup.archive import BackupUnreadable  # noqa: PLC0415 - only these verbs need it
    from sync.server.backup.make import NotOurs  # noqa: PLC0415 - as above
    from sync.server.backup.restore import NotEmpty, TooNew  # noqa: PLC0415 - as above
    from sync.server.storage.cipher import KeyMissing  # noqa: PLC0415 - as above
    from sync.server.storage.disk import has_no_room  # noqa: PLC0415 - as above
    from sync.server.storage.engine import StorageFault, UnsupportedDatabaseError, file_of  # noqa: PLC0415 - as above
    from sync.server.storage.portable import DamagedError, newest  # noqa: PLC0415 - as above

    try:
        line = work(arguments)
        return say(line, REFUSED if "error" in line else DONE)
    except Refusal as refusal:
        return refuse(refusal.code, **refusal.values)
    except BackupUnreadable as error:
        return refuse(error.code)
    except TooNew as error:
        return refuse("database_newer", found=error.found, known=newest())
    except FileExistsError as error:
        return refuse("backup_exists", place=error)
    except OSError as error:
        return refuse(disk_code(error), place=error.filename or getattr(arguments, "to", arguments.data))
    except StorageFault as error:
        file = file_of(arguments.db)
        return refuse(NO_ROOM if has_no_room(error, file) else "database_unavailable", place=file or "PostgreSQL")
    except (NotOurs, NotEmpty, KeyMissing, DamagedError, UnsupportedDatabaseError) as error:
        return refuse(
            {
                NotOurs: "backup_nothing_there",
                NotEmpty: "database_not_empty",
                KeyMissing: "key_missing",
                DamagedError: "database_damaged",
                UnsupportedDatabaseError: "database_unsupported",
            }[type(error)]
        )


def _backup(arguments: argparse.Namespace) -> Line:
    from sync.server.backup.make import ENDING, make, rotate  # noqa: PLC0415 - as above

    if arguments.keep is not None and arguments.keep < 1:
        raise Refusal("backup_keep_wrong")
    _there(arguments.db)
    key, clock = _key(arguments.data), SystemClock()
    moment = datetime.fromtimestamp(clock.now_ms() / 1000, CHINA).strftime("%Y%m%d-%H%M%S")
    to = Path(str(arguments.to).replace("{time}", moment)).absolute()
    if to.suffix != ENDING:
        to = to.with_name(to.name + ENDING)
    made = make(arguments.db, arguments.data, to, key, clock)
    dropped = rotate(to.parent, arguments.keep, key) if arguments.keep is not None else []
    figures = {
        "rows": made.rows,
        "anchors": made.anchors,
        "copies": made.held,
        "copied": made.copied,
        "dropped": len(dropped),
    }
    return {"backup": str(to), **figures, "bytes": to.stat().st_size, "message": text("backup_made", **figures)}


def _check(arguments: argparse.Namespace) -> Line:
    from sync.server.backup.check import check  # noqa: PLC0415 - as above

    checked = check(arguments.source.absolute(), _key(arguments.data))
    if checked.unsound:
        raise Refusal("backup_copies_unsound", count=len(checked.unsound), first=checked.unsound[0])
    made = _moment(checked.header.made_ms)
    figures = {"rows": checked.rows, "anchors": checked.anchors, "copies": checked.held, "made": made}
    return {"backup": str(arguments.source), **figures, "message": text("backup_sound", **figures)}


def _restore(arguments: argparse.Namespace) -> Line:
    from sync.server.backup.restore import restore  # noqa: PLC0415 - as above

    if not 0 <= arguments.skip <= 9_000:  # noqa: PLR2004 - a series ends at 9999
        raise Refusal("backup_skip_wrong")
    key = _key(arguments.data)
    done = restore(arguments.source.absolute(), arguments.db, arguments.data, key, SystemClock(), margin=arguments.skip)
    made, others = _moment(done.made_ms), list(done.other_anchors)
    figures = {"rows": done.rows, "made": made, "anchors": done.anchors, "missing": done.missing}
    said = text("restore_done_held" if done.held_calls else "restore_done", **figures, windows="、".join(done.awaited))
    said += text("restore_anchors_differ", days="、".join(others)) if others else ""
    more = {"other_anchors": others, "awaited": list(done.awaited), "message": said}
    return {"restored": str(arguments.source), **figures, **more}


def _release(arguments: argparse.Namespace) -> Line:
    from sync.protocol.interface import Refused  # noqa: PLC0415 - as above
    from sync.server.service.context import Context  # noqa: PLC0415 - as above
    from sync.server.service.restored import release  # noqa: PLC0415 - as above
    from sync.server.storage.cipher import AesGcmCipher  # noqa: PLC0415 - as above
    from sync.server.storage.engine import open_storage  # noqa: PLC0415 - as above

    _there(arguments.db)
    key, clock = _key(arguments.data), SystemClock()
    with closing(open_storage(arguments.db, clock)) as storage:
        try:
            left = release(
                Context(storage, clock, AesGcmCipher(key, clock.random_bytes)), arguments.hall, arguments.window
            )
        except Refused as error:
            raise Refusal("release_nobody") from error
    return {"awaited": left, "message": text("release_left" if left else "release_over", windows="、".join(left))}


def _verify(arguments: argparse.Namespace) -> Line:
    _there(arguments.db)
    return verified(arguments.db, arguments.data, _key(arguments.data))


def _there(url: str) -> None:
    """Check that an SQLite database is there: opening one would make it."""
    from sync.server.storage.engine import file_of  # noqa: PLC0415 - as above

    file = file_of(url)
    if file is not None and not file.is_file():
        raise Refusal("backup_nothing_there")


def _key(data: Path) -> bytes:
    from sync.server.storage.cipher import read_key  # noqa: PLC0415 - as above

    return read_key(data)


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, CHINA).isoformat(timespec="seconds")

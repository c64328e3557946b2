"""The computer itself: fonts, keys, database, disk. Each look loads what it needs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.commands.checkup.finding import Ill, Seen
from app.commands.settings import CounterSettings
from app.commands.system_clock import SystemClock
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.messages import text

FREE_LOW: Final = 2 << 30
FREE_NONE: Final = 200 << 20
"""Bytes: a counter writes some megabytes a day, and a full disk stops it."""
WAL_LARGE: Final = 64 << 20
"""Bytes: a log this long means that some program has held the database open for days."""


def fonts(rare: str) -> Seen | str:
    """Look for the typefaces of screen and paper, and whether they have the rare characters."""
    from printing.fonts import (  # noqa: PLC0415 - fonts are slow to load
        PDF_CHAIN,
        RASTER_CHAIN,
        Face,
        FontMissing,
        absent,
        font_path,
    )

    screen = Face("B612", "B612-Regular.otf", "fonts-b612")
    try:
        names = [font_path(face).name for face in (screen, *RASTER_CHAIN)]
        wanted = rare.replace(" ", "")
        gone = absent(wanted, RASTER_CHAIN) + absent(wanted, PDF_CHAIN)
    except FontMissing as missing:
        raise Ill(missing.code, family=missing.family, package=missing.package) from missing
    if gone:
        raise Ill("fonts_lack", characters="".join(dict.fromkeys(gone)))
    return text("fonts_found", names="、".join(names), characters=rare)


def keys(settings: CounterSettings, data: Path) -> str:
    """Look whether the keys can be read where the settings say they are, and say where that is."""
    from app.storage.keys import CounterKeys, backend_name, key_place  # noqa: PLC0415 - loaded for this look alone

    with _told():
        kept = key_place(settings.key_store, data).read()
        if kept is not None:
            CounterKeys.from_text(kept)
        elif (data / "counter.db").exists():
            raise StoreFault(StoreFaultReason.KEY_MISSING)
    there = text("keys_there" if kept else "keys_new")
    if settings.key_store != "file":
        return text("keys_in_keyring", backend=backend_name(), there=there)
    file = data / "counter.key"
    mode = f"{file.stat().st_mode & 0o777:04o}" if file.exists() else "0600"
    return text("keys_in_file", file=file.name, mode=mode, there=there)


def database(settings: CounterSettings, data: Path) -> str:
    """Read every page and signed operation, and compare the schema with ours; an older one is left as it is."""
    from app.storage.engine import Database, file_connection  # noqa: PLC0415 - SQL is slow to load
    from app.storage.keys import key_place, load_keys  # noqa: PLC0415 - as above
    from app.storage.log_check import altered_row  # noqa: PLC0415 - as above
    from app.storage.schema import REVISION, revision  # noqa: PLC0415 - as above
    from app.storage.signer import Ed25519Signer  # noqa: PLC0415 - as above

    path = data / "counter.db"
    if not path.exists():
        return text("database_new")
    with _told():
        own = load_keys(key_place(settings.key_store, data), SystemClock(), store_exists=True)
        store = Database(file_connection(path, own.database))
        try:
            with store.read() as connection:
                present = revision(connection)
            if present is not None and present > REVISION:
                raise StoreFault(StoreFaultReason.NEWER)
            store.verify()
            if present == REVISION:
                with store.read() as connection:
                    altered = altered_row(connection, Ed25519Signer(own.device_seed).public_key())
                if altered is not None:
                    raise Ill("log_altered", seq=altered)
        finally:
            store.close()
    older = present is None or present < REVISION
    return text("database_older" if older else "database_sound", revision=present or "0", newest=REVISION)


def disk(data: Path) -> Seen | str:
    """Look how much room is left, and how large the database and its log are."""
    try:
        free = shutil.disk_usage(next(each for each in (data, *data.parents) if each.exists())).free
        sizes = [_size(data / name) for name in ("counter.db", "counter.db-wal")]
    except OSError as error:
        raise Ill(StoreFaultReason.UNUSABLE) from error
    if free < FREE_NONE:
        raise Ill("disk_none", free=_megabytes(free))
    said = text("disk_seen", free=_megabytes(free), store=_megabytes(sizes[0]), log=_megabytes(sizes[1]))
    if free < FREE_LOW:
        return Seen(said, "disk_low")
    return Seen(said, "disk_log_large" if sizes[1] > WAL_LARGE else "")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except StoreFault as fault:
        raise Ill(fault.reason) from fault
    except OSError as error:
        raise Ill(StoreFaultReason.UNUSABLE) from error


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _megabytes(count: int) -> str:
    return f"{count / (1 << 20):,.0f} MB"

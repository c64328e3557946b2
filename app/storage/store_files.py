"""The files of a counter's store on its disk: checked when opened, moved aside when damaged, never deleted."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.business_day import CHINA
from app.domain.renewal import Report, Why
from app.ports.clock import Clock
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.carve import key_fits
from app.storage.engine import Database, copy_to, file_connection, is_open_elsewhere
from app.storage.opening import open_file, reason_of, room_told
from app.storage.pages import falls_short, promised, shm_of, wal_of
from app.storage.renewal import Keys, make_anew

QUARANTINE: Final = "damaged"
"""Begins the name of the folder that keeps the files of a damaged store; the moment follows."""
_MAKING: Final = ".making"
_READY: Final = ".new"
_MARK: Final = ".damaged"


def open_checked(path: Path, key: bytes, clock: Clock) -> Database:
    """Open the store as ``open_file`` does, and look whether its log has all that was committed.

    Raises:
        StoreFault: as ``open_file``; ``damaged`` also where work met damage before, where SQLite passed over commits at
            a broken place of the log, and where the key is right though the beginning of the file is not.
    """
    finish(path, clock)
    if mark_of(path).exists():
        raise StoreFault(StoreFaultReason.DAMAGED)
    with _log_kept(path):
        wanted = promised(path)
        existed = path.exists()
        try:
            database = open_file(path, key, clock)
        except StoreFault as fault:
            if fault.reason is StoreFaultReason.WRONG_KEY and existed and key_fits(path, key):
                raise StoreFault(StoreFaultReason.DAMAGED) from fault
            raise
        if falls_short(path, wanted):
            database.close()
            mark(path)
            raise StoreFault(StoreFaultReason.DAMAGED)
    return database


@contextlib.contextmanager
def _log_kept(path: Path) -> Iterator[None]:
    """Put the log back as it was when the store does not open: SQLite drops what stands behind a broken place."""
    logs = [each for each in (wal_of(path), shm_of(path)) if promised(path) and each.exists()]
    kept = [each.with_name(each.name + ".kept") for each in logs]
    try:
        for log, copy in zip(logs, kept, strict=True):
            shutil.copyfile(log, copy)
    except OSError as error:
        for copy in kept:
            copy.unlink(missing_ok=True)
        raise StoreFault(reason_of(error)) from error
    try:
        yield
    except StoreFault as fault:
        if fault.reason is not StoreFaultReason.BUSY:  # the log is in another program's hands
            for log, copy in zip(logs, kept, strict=True):
                copy.replace(log)
        raise
    finally:
        for copy in kept:
            copy.unlink(missing_ok=True)


def mark_of(path: Path) -> Path:
    """Return the file whose presence says that work met damage."""
    return path.with_name(path.name + _MARK)


def mark(path: Path) -> None:
    """Keep that the store is damaged, for the next start."""
    mark_of(path).touch()


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where a store lies, and its keys."""

    path: Path
    keys: Keys


def rebuild(place: StorePlace, clock: Clock) -> Report:
    """Make a damaged store anew out of what can be read of it; its files are moved aside.

    May be ended at any moment and begun again: the new file is whole before the old ones are touched.

    Raises:
        StoreFault: the new store cannot be written.
        OSError: the disk.
    """
    path = place.path
    folder = _free_folder(path, clock)
    source = path.with_name(path.name + ".reading")
    try:
        _copy(path, source)
        report = _make(source, place, clock, Why.DAMAGED, folder.name)
    finally:
        _forget(source)
    finish(path, clock, folder)
    return report


def restore(source: Path, place: StorePlace, clock: Clock) -> Report:
    """Make the store out of a backup; the files that lie there now are moved aside.

    Raises:
        StoreFault: the backup is damaged or has another key; then nothing was changed.
        OSError: the disk.
    """
    path = place.path
    reading = path.with_name(path.name + ".reading")
    try:
        shutil.copyfile(source, reading)
        checking = open_file(reading, place.keys.database, clock)
        try:
            checking.verify()
        finally:
            checking.close()
        report = _make(reading, place, clock, Why.RESTORED, "")
    finally:
        _forget(reading)
    finish(path, clock)
    return report


def backup(place: StorePlace, to: Path) -> None:
    """Copy the store as it stands, under its own key, while others work on it; proved by reading every page.

    Raises:
        StoreFault: the store is damaged, or cannot be read.
        FileExistsError: nothing is overwritten.
        OSError: the disk.
    """
    if to.exists():
        raise FileExistsError(to)
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    connect = file_connection(place.path, place.keys.database)
    database = Database(connect)
    try:
        with room_told(place.path):
            database.verify()
        copy_to(connect, part, place.keys.database)
        part.replace(to)
    finally:
        database.close()
        _forget(part)
    _to_disk(to.parent)


def in_use(place: StorePlace) -> bool:
    """Say whether another program has the store open."""
    return place.path.exists() and is_open_elsewhere(place.path, place.keys.database)


def finish(path: Path, clock: Clock, folder: Path | None = None) -> None:
    """Put a new store that is ready into its place, also after a crash in the middle of that.

    Raises:
        OSError: the disk.
    """
    ready = path.with_name(path.name + _READY)
    if not ready.exists():
        return
    old = [each for each in (*_files(path), mark_of(path)) if each.exists()]
    if old:
        aside = folder or _free_folder(path, clock)
        aside.mkdir(mode=0o700, exist_ok=True)
        for each in old:
            each.rename(aside / each.name)
    ready.rename(path)
    _to_disk(path.parent)


def _make(source: Path, place: StorePlace, clock: Clock, why: Why, folder: str) -> Report:
    making = place.path.with_name(place.path.name + _MAKING)
    _forget(making)
    try:
        report = make_anew(source, making, place.keys, clock, why, folder=folder)
        making.rename(place.path.with_name(place.path.name + _READY))
    finally:
        _forget(making)
    _to_disk(place.path.parent)
    return report


def _files(path: Path) -> tuple[Path, Path, Path]:
    return path, wal_of(path), shm_of(path)


def _forget(path: Path) -> None:
    """Leave nothing of a copy: on a full disk what was begun would keep the room it found."""
    for each in _files(path):
        each.unlink(missing_ok=True)


def _copy(path: Path, target: Path) -> None:
    for source, copy in zip(_files(path), _files(target), strict=True):
        copy.unlink(missing_ok=True)
        if source.exists():
            shutil.copyfile(source, copy)


def _free_folder(path: Path, clock: Clock) -> Path:
    moment = datetime.fromtimestamp(clock.now_ms() / 1000, CHINA).strftime("%Y%m%d-%H%M%S")
    wanted = path.parent / f"{QUARANTINE}-{moment}"
    count = 1
    while wanted.exists():
        count += 1
        wanted = path.parent / f"{QUARANTINE}-{moment}-{count}"
    return wanted


def _to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

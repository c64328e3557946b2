"""The manager's unsent acts in a file of the owner alone: one JSON line each, whole or not at all."""

import json
import logging
import os
import stat
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from app.ports.wishes import KeptWish, WishFault

logger = logging.getLogger(__name__)

NAME = "floor-outbox.jsonl"
_TYPES = {each.name: int if each.name == "at_ms" else str for each in fields(KeptWish)}


class WishFile:
    """Implements ``app.ports.wishes.WishStore``; ``folder`` is the data directory of the manager's PC."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def kept(self) -> Sequence[KeptWish]:
        """See ``WishStore``. A line that a power cut tore is no act that anybody was told of."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise WishFault from error
        read = [_wish_of(line) for line in lines]
        if None in read:
            logger.warning("floor.outbox_damaged lines=%d", read.count(None))
        return tuple(each for each in read if each is not None)

    def add(self, wish: KeptWish) -> None:
        """See ``WishStore``."""
        self._replace((*self.kept(), wish))

    def drop(self, key: str) -> None:
        """See ``WishStore``."""
        self._replace([each for each in self.kept() if each.key != key])

    def _replace(self, wishes: Sequence[KeptWish]) -> None:
        """Write the whole list beside the old one and put it in its place: there is always one that is whole."""
        beside = self._path.with_suffix(".new")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
            with os.fdopen(handle, "wb") as file:
                file.writelines(json.dumps(asdict(each), ensure_ascii=False).encode() + b"\n" for each in wishes)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as error:
            raise WishFault from error


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows does so by itself and opens no folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wish_of(line: bytes) -> KeptWish | None:
    try:
        row = json.loads(line)
        json.loads(row["body"])
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(row, dict) or row.keys() != _TYPES.keys():
        return None
    if not all(type(row[name]) is kind for name, kind in _TYPES.items()):
        return None
    return KeptWish(**row)

"""The A4 role on this machine: a CUPS queue, a folder that takes the PDFs, or nothing connected."""

import os
import re
from collections.abc import Collection
from pathlib import Path

from app.ports.clock import Clock
from app.ports.originals import A4Fault, A4Reason, HandedOver, OriginalPrinter
from printing.a4_address import LP, parse_address
from printing.a4_queue import LpPrinter

_UNSAFE = re.compile(r"[^\w〔〕（）()-]+")
_LONGEST_NAME = 80


class FolderPrinter:
    """Lays PDFs into a directory, readable by their owner alone; one PDF stands for all copies.

    ``kept``: it stands for no printer at all, the PDF only waits there for a person.
    """

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        self._folder = folder
        self._kept = kept

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:  # noqa: ARG002 - one PDF for all
        """See ``OriginalPrinter``; the file is whole or not there."""
        file = self._folder / f"{_safe(name)}.pdf"
        fresh = file.with_suffix(".part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                target.write(pdf)
                target.flush()
                os.fsync(target.fileno())
            fresh.replace(file)
        except OSError as error:
            raise A4Fault(A4Reason.NOT_WRITTEN) from error
        return HandedOver(str(file), kept=self._kept)

    def stop_waiting(self) -> None:
        """See ``OriginalPrinter``: a file is written at once."""

    def keep_only(self, names: Collection[str]) -> None:
        """See ``OriginalPrinter``: what lies in the folder of a printer is the printer's."""
        if not self._kept:
            return
        wanted = tuple(map(_safe, names))
        for file in self._folder.glob("*.pdf"):
            if not file.name.startswith(wanted):
                file.unlink(missing_ok=True)


def a4_printer(url: str | None, kept: Path, base: Path, clock: Clock) -> OriginalPrinter:
    """Return the printer at an address, a folder being relative to ``base``; None keeps the PDFs in ``kept``.

    Raises:
        ValueError: it is no address (``printing.a4_address``).
    """
    if url is None:
        return FolderPrinter(kept, kept=True)
    kind, rest = parse_address(url)
    return LpPrinter(rest, clock) if kind == LP else FolderPrinter(base / rest)


def _safe(name: str) -> str:
    """Return a name as that of a file: word characters and the brackets of a 文号; its end tells printings apart."""
    return _UNSAFE.sub("_", name)[-_LONGEST_NAME:]

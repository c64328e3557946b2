"""Stands for the spooler of Windows behind pywin32's ``win32print``, on a machine that is none.

It keeps the rules that matter: a document is named by a number, is passed on a moment later, and is forgotten once it
is through, so that asking for it fails with ERROR_INVALID_PARAMETER (87).
"""

import socket
import types
from typing import Any, ClassVar


class Failed(Exception):  # noqa: N818 - pywintypes.error
    """What pywin32 raises."""

    def __init__(self, winerror: int) -> None:
        super().__init__(winerror)
        self.winerror = winerror


class Spooler:
    """One printer; ``stand`` sets PRINTER_STATUS bits."""

    names: ClassVar = (
        "OpenPrinter",
        "ClosePrinter",
        "GetPrinter",
        "StartDocPrinter",
        "WritePrinter",
        "EndDocPrinter",
        "GetJob",
        "SetJob",
        "JOB_CONTROL_DELETE",
        "error",
    )
    error = Failed
    JOB_CONTROL_DELETE = 5

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._status = 0
        self._jobs: dict[int, list[bytes]] = {}
        self._looks: dict[int, int] = {}
        self.open_handles = 0
        self.attributes = 0
        self.hold = False
        self.breaks = False
        self._last = 40

    def stand(self, status: int) -> None:
        self._status = status

    def delete_by_hand(self, job: str) -> None:
        del self._jobs[int(job)]

    def as_module(self) -> types.ModuleType:
        """Return it in the place of pywin32's module."""
        module = types.ModuleType("win32print")
        for name in self.names:
            setattr(module, name, getattr(self, name))
        return module

    def OpenPrinter(self, name: str) -> int:  # noqa: N802 - the API's name
        if name != "热敏小票":
            raise Failed(1801)
        self.open_handles += 1
        return 7

    def ClosePrinter(self, handle: int) -> None:  # noqa: N802 - the API's name
        assert handle == 7
        self.open_handles -= 1

    def GetPrinter(self, handle: int, level: int) -> dict[str, int]:  # noqa: N802 - the API's name
        assert (handle, level) == (7, 2)
        return {"Status": self._status, "Attributes": self.attributes}

    def StartDocPrinter(self, handle: int, level: int, document: tuple[str, None, str]) -> int:  # noqa: N802
        assert (handle, level, document[2]) == (7, 1, "RAW")
        self._last += 1
        self._jobs[self._last] = []
        self._looks[self._last] = 0
        return self._last

    def WritePrinter(self, handle: int, data: bytes) -> int:  # noqa: N802 - the API's name
        if self.breaks:
            raise Failed(1722)
        self._jobs[self._last].append(data)
        return len(data)

    def EndDocPrinter(self, handle: int) -> None:  # noqa: N802 - the API's name
        """The document is whole."""

    def GetJob(self, handle: int, job: int, level: int) -> dict[str, Any]:  # noqa: N802 - the API's name
        if job not in self._jobs:
            raise Failed(87)
        if self.hold:
            return {"Status": 0}
        self._looks[job] += 1
        if self._looks[job] > 1:
            with socket.create_connection(self._address, timeout=5) as line:
                line.sendall(b"".join(self._jobs.pop(job)))
            raise Failed(87)
        return {"Status": 0x10}

    def SetJob(self, handle: int, job: int, level: int, info: None, command: int) -> None:  # noqa: N802
        assert command == self.JOB_CONTROL_DELETE
        if self._jobs.pop(job, None) is None:
            raise Failed(87)

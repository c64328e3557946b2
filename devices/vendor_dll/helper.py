"""A program of its own: loads a vendor's ``sdtapi`` library and does with it what it is told, one JSON object a line.

    helper.py PATH_OF_THE_LIBRARY

It answers ``{"ready": 32}`` (the bits of this interpreter) or ``{"error": …, "message": …}`` and ends with 1. Then
``{"id": 1, "do": "open", "port": 1001}``, ``find``, ``select`` and ``read`` are each answered by ``{"id": 1,
"value": …}``, the library's return value, which is the SW3 of the module; ``read`` adds the text of the card as
``"text"`` in base64. The photo is never passed on. The program ends with the end of its input, even in the middle of a
call that hangs.

Only the standard library, and only what Python 3.8 knows: the last one that 32-bit machines with Windows 7 have.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import queue
import sys
import threading
from typing import Any, BinaryIO

OK = 0x90
BYTE = 8
PATIENCE_S = 1.0
"""So long may a call take to end after the input has ended."""
TEXT_ROOM = 4096
PHOTO_ROOM = 8192
"""A library that writes more than it says must not find the end of what is ours at once."""
STAYS_OPEN = 0
"""The last argument of every call: the port is opened and closed by us, not by each call."""
NO_DIALOGS = 0x0001 | 0x0002 | 0x8000
"""Windows shows no message box when the library crashes: nobody would be there to press its button."""

CALLS = ("SDT_OpenPort", "SDT_ClosePort", "SDT_StartFindIDCard", "SDT_SelectIDCard", "SDT_ReadBaseMsg")


class Reader:
    """The calls of one loaded library on the port that was opened last."""

    def __init__(self, path: str) -> None:
        self._library = _load(path)
        for name in CALLS:
            getattr(self._library, name).restype = ctypes.c_int
        self._port: int | None = None

    def do(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request and return its answer without the ``id``."""
        what = request["do"]
        if what == "open":
            self.close()
            port = int(request["port"])
            value = self._library.SDT_OpenPort(port)
            self._port = port if value == OK else None
            return {"value": value}
        if self._port is None:
            raise ValueError("the port is not open")
        if what == "find":
            return self._find(self._port)
        if what == "select":
            return self._select(self._port)
        if what == "read":
            return self._read(self._port)
        raise ValueError("do must be open, find, select or read")

    def close(self) -> None:
        """Close the port; harmless when closed."""
        port, self._port = self._port, None
        if port is not None:
            self._library.SDT_ClosePort(port)

    def _find(self, port: int) -> dict[str, Any]:
        room = ctypes.create_string_buffer(TEXT_ROOM)
        return {"value": self._library.SDT_StartFindIDCard(port, room, STAYS_OPEN)}

    def _select(self, port: int) -> dict[str, Any]:
        room = ctypes.create_string_buffer(TEXT_ROOM)
        return {"value": self._library.SDT_SelectIDCard(port, room, STAYS_OPEN)}

    def _read(self, port: int) -> dict[str, Any]:
        text, photo = ctypes.create_string_buffer(TEXT_ROOM), ctypes.create_string_buffer(PHOTO_ROOM)
        text_size, photo_size = ctypes.c_uint(0), ctypes.c_uint(0)
        sizes = ctypes.byref(text_size), ctypes.byref(photo_size)
        value = self._library.SDT_ReadBaseMsg(port, text, sizes[0], photo, sizes[1], STAYS_OPEN)
        if value != OK:
            return {"value": value}
        said = text.raw[: min(text_size.value, TEXT_ROOM)]
        return {"value": value, "text": base64.b64encode(said).decode("ascii")}


def _load(path: str) -> Any:
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(NO_DIALOGS)
        return ctypes.WinDLL(path)  # its calls are stdcall
    return ctypes.CDLL(path)


def main(arguments: list[str]) -> int:
    """Load the library and serve until the input ends; return the exit status."""
    answers = _own_output()
    try:
        reader = Reader(arguments[1])
    except (IndexError, OSError, AttributeError) as error:
        _say(answers, {"error": type(error).__name__, "message": str(error)})
        return 1
    _say(answers, {"ready": BYTE * ctypes.sizeof(ctypes.c_void_p)})
    requests: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    while (line := requests.get()) is not None:
        _say(answers, _answer(reader, line))
    reader.close()
    return 0


def _answer(reader: Reader, line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        answer = {"id": request["id"]}
        answer.update(reader.do(request))
    except (ValueError, KeyError, TypeError, OSError) as error:
        return {"error": type(error).__name__, "message": str(error)}
    return answer


def _listen(requests: queue.Queue[bytes | None]) -> None:
    """Queue the lines of the input; after its end nothing that hangs keeps this program alive."""
    for line in sys.stdin.buffer:
        requests.put(line)
    requests.put(None)
    threading.Event().wait(PATIENCE_S)
    os._exit(1)


def _own_output() -> BinaryIO:
    """Keep the real output for the answers: what the library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _say(answers: BinaryIO, value: dict[str, Any]) -> None:
    answers.write(json.dumps(value).encode("ascii") + b"\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv))

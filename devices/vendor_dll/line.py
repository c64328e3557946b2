"""A vendor's library in the place of a line to the module: the same questions, the same answers (devices.md 1.6).

The library returns the module's own SW3. It is asked for the card's text alone: neither the newest address nor the
number of the module is in the calls that all makers have.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError
from devices.sam import commands
from devices.sam.commands import Answer, Command
from devices.vendor_dll.address import LibraryAddress
from devices.vendor_dll.process import HelperProcess

START_MS: Final = 10_000
"""An interpreter, a library and a port take their time on an old computer."""
SLACK_MS: Final = 1_000
"""So much longer than the module itself a library may take."""
HELPER: Final = Path(__file__).with_name("helper.py")

_CALLS = {commands.FIND.code: "find", commands.SELECT.code: "select", commands.READ.code: "read"}


class LibraryLine:
    """A ``Line`` through a helper process; ``open`` starts a new one, whatever became of the last.

    ``command`` starts the helper; by default the interpreter of ``address`` with our own program.
    """

    def __init__(
        self,
        address: LibraryAddress,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        command: Sequence[str] = (),
        slack_ms: int = SLACK_MS,
    ) -> None:
        self._address = address
        self._cancelled = cancelled
        self._command = command or (address.python, "-I", "-B", str(HELPER), address.library)
        self._slack_ms = slack_ms
        self._helper: HelperProcess | None = None

    def open(self) -> None:
        """Start the helper and let it open the port.

        Raises:
            DeviceError: ``LIBRARY_UNUSABLE``, ``HELPER_LOST``, ``PORT_ABSENT``, or what the module refused.
        """
        self.close()
        helper = self._helper = HelperProcess(self._command)
        ready = helper.first_word(START_MS / 1000, self._cancelled)
        if "ready" not in ready:
            raise DeviceError(FaultReason.LIBRARY_UNUSABLE, str(ready.get("message", "")))
        request = {"do": "open", "port": self._address.port}
        value = _value(helper.ask(request, START_MS / 1000, self._cancelled), FaultReason.PORT_ABSENT)
        if value != commands.OK:
            raise DeviceError(commands.reason_of(value))

    def ask(self, command: Command) -> Answer:
        """Carry out ``command``; what the library has no call for is refused as a module refuses it.

        Raises:
            DeviceError: ``HELPER_LOST``, or ``DISCONNECTED`` for a value that no module answers.
        """
        if self._helper is None:
            raise DeviceError(FaultReason.DISCONNECTED, "not open")
        if command == commands.STATUS:
            return Answer(commands.OK)
        call = _CALLS.get(command.code)
        if call is None:
            return Answer(commands.UNSUPPORTED)
        answer = self._helper.ask({"do": call}, (command.timeout_ms + self._slack_ms) / 1000, self._cancelled)
        value = _value(answer, FaultReason.DISCONNECTED)
        return Answer(value, _text(answer) if command == commands.READ and value == commands.OK else b"")

    def close(self) -> None:
        """End the helper; harmless when there is none."""
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.close()


def _value(answer: dict[str, Any], otherwise: FaultReason) -> int:
    """Return the SW3; a value that is none comes from the library itself: it did not reach the module."""
    value = answer.get("value")
    if not isinstance(value, int):
        raise DeviceError(FaultReason.HELPER_LOST, "no value")
    if not commands.is_known(value):
        raise DeviceError(otherwise, f"value={value}")
    return value


def _text(answer: dict[str, Any]) -> bytes:
    """Return the text as the data of a read without a photo."""
    try:
        text = base64.b64decode(answer["text"], validate=True)
        return len(text).to_bytes(2, "big") + bytes(2) + text
    except (KeyError, TypeError, binascii.Error, ValueError, OverflowError):
        raise DeviceError(FaultReason.HELPER_LOST, "no text") from None

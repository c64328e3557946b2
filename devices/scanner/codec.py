"""Bytes of a serial scanner to texts: one scan ends with CR, LF, CRLF, or with silence (devices.md section 4)."""

import re
import unicodedata
from typing import Final

from app.ports.scanner import Scanned, ScanUnreadable, Unreadable

MAX_BYTES: Final = 1024
"""The fullest QR code of a business licence has a few hundred; what is longer is no code the counter reads."""
CHARSETS: Final = ("utf-8", "gb18030")

BLANKS: Final = " \t\u3000"
"""Not what ``str.strip`` takes for blank: that has control characters among it."""

_END = re.compile(rb"[\r\n]")

Event = Scanned | ScanUnreadable


class ScanParser:
    """Gathers what one scanner sends; ``feed`` gives the same events however the stream is split."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._too_long = False

    @property
    def pending(self) -> bool:
        """Whether a scan has begun and not ended."""
        return self._too_long or bool(self._bytes)

    def feed(self, data: bytes) -> list[Event]:
        """Take the next bytes and return the scans that ended in them; empty ones are nothing."""
        events: list[Event] = []
        *ended, begun = _END.split(data)
        for part in ended:
            self._take(part)
            events += self.end()
        self._take(begun)
        return events

    def _take(self, part: bytes) -> None:
        if self._too_long:
            return  # dropped until this scan ends, so that its tail is not taken for another
        if len(self._bytes) + len(part) > MAX_BYTES:
            self._bytes.clear()
            self._too_long = True
        else:
            self._bytes += part

    def end(self) -> list[Event]:
        """End the scan that has begun: a terminator came, or the line fell silent."""
        data, too_long = bytes(self._bytes), self._too_long
        self.reset()
        if too_long:
            return [ScanUnreadable(Unreadable.TOO_LONG)]
        text = _text(data)
        if text is None:
            return [ScanUnreadable(Unreadable.GARBLED)]
        return [Scanned(text)] if text else []

    def reset(self) -> None:
        """Forget what has begun: the scanner was unplugged in the middle of it."""
        self._bytes.clear()
        self._too_long = False


def _text(data: bytes) -> str | None:
    """Return the text without blanks around it; None when it is none."""
    for charset in CHARSETS:
        try:
            text = data.decode(charset).strip(BLANKS)
        except UnicodeDecodeError:
            continue
        return None if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text) else text
    return None

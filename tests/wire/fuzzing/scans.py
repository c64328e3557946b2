"""The scanner: bytes of its line, and what a scanned text may be."""

from datetime import date

from app.domain import scan
from app.domain.scan import CaseCode, CreditCode, EitherCode, IdentityCode, NotTaken, TicketCode, read_scan
from app.ports.scanner import Scanned
from devices.scanner import codec
from devices.scanner.codec import MAX_BYTES, ScanParser
from fuzzing.target import Broken, Events, FrameTarget, Stream, StreamTarget

TODAY = date(2026, 11, 23)
TEXTS = (
    "ZW1:9901-0003-20261123-0017-4",
    "ZW1N:9901-20261123-A023",
    "ZW1R:7QK2M9X4TBVH5C8RNDWE",
    "9901-0003-20261123-0017-4",
    "A023",
    "11010519491231002X",
    "91110000600037341L",
    "https://www.example.cn/q?uniscid=91110000600037341L&t=1",
    "示范县政务服务中心",
    "䶮某 A1",
)
KINDS = (CaseCode, TicketCode, IdentityCode, CreditCode, EitherCode, NotTaken)


class _Line(ScanParser):
    def held(self) -> int:
        return len(self._bytes)


class ScannerBytes(StreamTarget):
    """The line of a serial scanner."""

    name = "scanner, bytes"
    code = (codec,)
    most_held = MAX_BYTES
    quiet = b"\r"

    def __init__(self) -> None:
        ends = (b"\r", b"\n", b"\r\n")
        texts = [text.encode(charset) for text in TEXTS for charset in ("utf-8", "gb18030")]
        self.corpus = (*(text + ends[turn % 3] for turn, text in enumerate(texts)), b"x" * (MAX_BYTES + 9) + b"\r")

    def fresh(self) -> Stream:
        return _Line()

    def judge(self, events: Events) -> None:
        for event in events:
            if isinstance(event, Scanned) and not 0 < len(event.text) <= MAX_BYTES:
                raise Broken(f"a scan of {len(event.text)} characters")


class ScannedTexts(FrameTarget):
    """What a scanned text means."""

    name = "scanner, scanned texts"
    code = (scan,)

    def __init__(self) -> None:
        self.corpus = tuple(text.encode() for text in TEXTS)

    def take(self, frame: bytes) -> object:
        found = read_scan(frame.decode("utf-8", "replace"), TODAY)
        if not isinstance(found, KINDS):
            raise Broken(f"a {type(found).__name__}")
        return found

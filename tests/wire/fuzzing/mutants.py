"""Classic mistakes of parsers, made in the production code itself; the fire has to see them."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import msgspec

from app.domain import scan
from app.domain.id_card import Sex
from app.domain.rights import Role
from devices.display import frames as display
from devices.evaluator import keys
from devices.sam import card, frames
from devices.scanner import codec, token_program
from fuzzing.display import DisplayFrames
from fuzzing.keypads import KeypadKeys
from fuzzing.messages import Enrolments, ServerAnswers
from fuzzing.printers import EscPos, PrinterAnswers
from fuzzing.programs import TokenAnswers
from fuzzing.reader import CardTexts, ReaderFrames
from fuzzing.scans import ScannedTexts, ScannerBytes
from fuzzing.target import Target
from printing import status as printer_status
from printing.errors import PrinterReason
from printing.simulator import parser
from printing.status import PrinterStatus
from sync.client import enrolment, http

Mutant = Callable[[], AbstractContextManager[Any]]


@contextmanager
def forgotten_head() -> Iterator[None]:
    """The beginning of a preamble at the end of a piece is dropped as noise."""
    with patch.object(frames, "_HEADS", ()):
        yield


@contextmanager
def skipped_with_the_frame() -> Iterator[None]:
    """After a bad frame the search goes on behind all of it, whatever its length said."""

    def reject(self: frames.FrameParser, fault: frames.Fault) -> frames.Garbage:
        count = min(len(self._buffer), frames.HEADER + self._length())
        del self._buffer[: count - 1]
        self._buffer.clear()
        return frames.Garbage(fault, count)

    with patch.object(frames.FrameParser, "_reject", reject):
        yield


@contextmanager
def endless_search() -> Iterator[None]:
    """A bad frame is not dropped at all."""
    with patch.object(frames.FrameParser, "_reject", lambda _self, fault: frames.Garbage(fault, 0)):
        yield


@contextmanager
def short_answers() -> Iterator[None]:
    """A status in the simulated printer is complete without its last byte."""
    with patch.dict(parser._FIXED, {b"\x10\x04": (parser.Kind.STATUS, 0)}):
        yield


@contextmanager
def dropped_text() -> Iterator[None]:
    """Text before a command is forgotten when it came in an earlier piece."""
    honest = parser.Parser.feed

    def feed(self: parser.Parser, data: bytes) -> Any:
        self._text.clear()
        return honest(self, data)

    with patch.object(parser.Parser, "feed", feed):
        yield


@contextmanager
def silence_is_health() -> Iterator[None]:
    """A printer that says nothing is ready."""
    honest = printer_status.read_status

    def read_status(answers: Any) -> PrinterStatus:
        status = honest(answers)
        return PrinterStatus(None) if status.fault is PrinterReason.SILENT else status

    with patch.object(printer_status, "read_status", read_status):
        yield


@contextmanager
def impatient_display() -> Iterator[None]:
    """A frame still on its way is taken for noise."""
    honest = display.Decoder.take

    def take(self: display.Decoder, buffer: bytearray) -> Any:
        found = honest(self, buffer)
        if found is None:
            buffer.clear()
        return found

    with patch.object(display.Decoder, "take", take):
        yield


@contextmanager
def impatient_keypad() -> Iterator[None]:
    """A key still on its way is taken for noise."""
    honest = keys.KeyReader.feed

    def feed(self: keys.KeyReader, data: bytes) -> Any:
        found = honest(self, data)
        self.reset()
        return found

    with patch.object(keys.KeyReader, "feed", feed):
        yield


def trusting_answer(said: bytes) -> Any:
    """A verifier's answer that is no JSON is refused, and nothing else is thought of."""
    try:
        return json.loads(said)
    except ValueError:
        return None


MUTANTS: dict[str, tuple[type[Target], Mutant]] = {
    "the head of a preamble at the end of a piece is noise": (ReaderFrames, forgotten_head),
    "a bad frame takes the good ones behind it along": (ReaderFrames, skipped_with_the_frame),
    "a bad frame is looked at for ever": (ReaderFrames, endless_search),
    "any length of a frame is waited for": (ReaderFrames, partial(patch.object, frames, "MAX_LENGTH", 1 << 17)),
    "the sex on a card stands in a table without a way out": (
        CardTexts,
        partial(patch.object, card, "Sex", {str(sex): sex for sex in Sex}.__getitem__),
    ),
    "silence of a printer is health": (PrinterAnswers, silence_is_health),
    "a status question is two bytes long": (EscPos, short_answers),
    "text is forgotten between two pieces": (EscPos, dropped_text),
    "a raster may have any size": (EscPos, partial(patch.object, parser, "MAX_RASTER_ROWS", 1 << 16)),
    "a scan may be as long as it likes": (ScannerBytes, partial(patch.object, codec, "MAX_BYTES", 1 << 20)),
    "a scanner speaks UTF-8 or nothing": (ScannerBytes, partial(patch.object, codec, "_text", bytes.decode)),
    "a case number that was scanned is sound": (
        ScannedTexts,
        partial(patch.object, scan, "InvalidSerialError", KeyError),
    ),
    "a frame for a display is not waited for": (DisplayFrames, impatient_display),
    "a key of a keypad is not waited for": (KeypadKeys, impatient_keypad),
    "only bad JSON is no word of a verifier": (
        TokenAnswers,
        partial(patch.object, token_program, "_answer", trusting_answer),
    ),
    "only bad JSON is no message": (ServerAnswers, partial(patch.object, http, "_NO_MESSAGE", (msgspec.DecodeError,))),
    "the role of a computer is one of ours": (
        Enrolments,
        partial(patch.object, enrolment, "Role", {str(role): role for role in Role}.__getitem__),
    ),
}
"""By name: whose fire it has to be seen in, and how it is made."""

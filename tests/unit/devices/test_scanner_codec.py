"""Scans found in any stream, however it is split and whatever ends them."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ports.scanner import Scanned, ScanUnreadable, Unreadable
from devices.scanner.codec import MAX_BYTES, Event, ScanParser

RECEIPT = "ZW1:9901-0003-20261123-0017-4"
TOO_LONG, GARBLED = ScanUnreadable(Unreadable.TOO_LONG), ScanUnreadable(Unreadable.GARBLED)


def events_of(*pieces: bytes) -> list[Event]:
    parser = ScanParser()
    return [event for piece in pieces for event in parser.feed(piece)]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n\n"])
def test_every_terminator_ends_one_scan(end: bytes) -> None:
    assert events_of(b"A023" + end + b"B001" + end) == [Scanned("A023"), Scanned("B001")]


def test_without_a_terminator_silence_ends_the_scan() -> None:
    parser = ScanParser()
    assert parser.feed(RECEIPT.encode()) == []
    assert parser.pending
    assert parser.end() == [Scanned(RECEIPT)]
    assert not parser.pending
    assert parser.end() == []


def test_every_split_into_three_pieces_gives_the_same_events() -> None:
    stream = b"A023\r\n" + "䶮某".encode() + b"\r" + "示范县".encode("gb18030") + b"\n\xff\x00\r" + b"\r\nA1\n"
    whole = events_of(stream)
    assert whole == [Scanned("A023"), Scanned("䶮某"), Scanned("示范县"), GARBLED, Scanned("A1")]
    for first in range(len(stream) + 1):
        for second in range(first, len(stream) + 1):
            assert events_of(stream[:first], stream[first:second], stream[second:]) == whole


@settings(max_examples=60)
@given(
    st.binary(max_size=80)
    | st.lists(st.text(max_size=12), max_size=4).map(lambda texts: "\r\n".join(texts).encode("utf-8")),
    st.lists(st.integers(0, 80), max_size=6),
)
def test_any_stream_gives_the_same_events_however_it_is_split(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    whole, parted = ScanParser(), ScanParser()
    events = whole.feed(stream) + whole.end()
    assert [event for piece in pieces for event in parted.feed(piece)] + parted.end() == events
    texts = [event.text for event in events if isinstance(event, Scanned)]
    assert all(text and not any(unicodedata.category(sign) == "Cc" for sign in text) for text in texts)


def test_what_is_too_long_is_one_refusal_and_its_tail_is_no_scan() -> None:
    fits = b"x" * MAX_BYTES
    assert events_of(fits + b"\r") == [Scanned(fits.decode())]
    assert events_of(fits + b"A023" + b"\rA024\r") == [TOO_LONG, Scanned("A024")]
    parser = ScanParser()
    assert parser.feed(fits * 50) == []
    assert (parser.pending, len(parser._bytes)) == (True, 0)
    assert parser.end() == [TOO_LONG]


@pytest.mark.parametrize("data", [b"\xff\xff", b"A0\x0023", b"\x1b[2J", b"\x02A023\x03", "\x85A".encode()])
def test_what_is_no_text_is_garbled(data: bytes) -> None:
    assert events_of(data + b"\r") == [GARBLED]


def test_gb18030_is_read_where_it_is_no_utf8() -> None:
    for text in ("示范县政务服务中心", "𬱖"):
        assert events_of(text.encode("gb18030") + b"\r") == [Scanned(text)]


def test_a_scan_that_was_cut_off_by_unplugging_is_forgotten() -> None:
    parser = ScanParser()
    parser.feed(b"ZW1:9901")
    parser.reset()
    assert parser.feed(b"A023\r") == [Scanned("A023")]


def test_no_log_can_hold_what_was_scanned() -> None:
    assert "1101" not in repr(Scanned("11010519491231002X"))

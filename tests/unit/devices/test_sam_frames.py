"""Frames found in any stream, however it is split."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sam.frames import HEADER, MAX_LENGTH, PREAMBLE, Event, Fault, Frame, FrameParser, Garbage, encode

FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
NONE = bytes.fromhex("AAAAAA9669 0004 000080 84")
NOISE = bytes.fromhex("00FFAAAA966955AA")


def events_of(*pieces: bytes) -> list[Event]:
    parser = FrameParser()
    return [event for piece in pieces for event in parser.feed(piece)]


@pytest.mark.parametrize(
    ("payload", "frame"),
    [
        ("10FF", "AAAAAA9669000310FFEC"),
        ("11FF", "AAAAAA9669000311FFED"),
        ("12FF", "AAAAAA9669000312FFEE"),
        ("2001", "AAAAAA9669 0003 2001 22"),
        ("2002", "AAAAAA9669 0003 2002 21"),
        ("3001", "AAAAAA9669 0003 3001 32"),
        ("3010", "AAAAAA9669 0003 3010 23"),
        ("3003", "AAAAAA9669 0003 3003 30"),
        ("3005", "AAAAAA9669 0003 3005 36"),
        ("00009F00000000", "AAAAAA9669 0008 00009F 00000000 97"),
        ("000080", "AAAAAA9669 0004 000080 84"),
        ("0000900000000000000000", "AAAAAA9669 000C 000090 0000000000000000 9C"),
        ("000081", "AAAAAA9669 0004 000081 85"),
        ("000041", "AAAAAA9669 0004 000041 45"),
    ],
)
def test_a_payload_is_framed_and_found_again_as_the_protocol_document_shows(payload: str, frame: str) -> None:
    assert encode(bytes.fromhex(payload)) == bytes.fromhex(frame)
    assert events_of(bytes.fromhex(frame)) == [Frame(bytes.fromhex(payload))]


def test_every_split_into_three_pieces_gives_the_same_events() -> None:
    stream = NOISE + FOUND + b"\xaa" + NONE[:-1] + b"\x00" + FOUND
    whole = events_of(stream)
    assert [event for event in whole if isinstance(event, Frame)] == [Frame(FOUND[7:-1])] * 2
    for first in range(len(stream) + 1):
        for second in range(first, len(stream) + 1):
            assert events_of(stream[:first], stream[first:second], stream[second:]) == whole


def test_noise_is_counted_and_told_when_a_frame_follows() -> None:
    assert events_of(NOISE) == []
    assert events_of(NOISE + FOUND) == [Garbage(Fault.NOISE, len(NOISE)), Frame(FOUND[7:-1])]


def test_a_preamble_inside_the_data_is_data() -> None:
    payload = b"\x00\x00\x90" + NONE + PREAMBLE
    assert events_of(encode(payload)) == [Frame(payload)]


def test_a_bad_checksum_is_told_at_once_and_the_next_frame_is_found() -> None:
    broken = FOUND[:-1] + b"\x00"
    assert events_of(broken)[0] == Garbage(Fault.CHECKSUM, 1)
    assert events_of(broken + NONE)[-1] == Frame(b"\x00\x00\x80")


def test_a_sound_frame_cut_into_by_a_broken_one_is_found() -> None:
    truncated = encode(bytes(3) + b"\x11" * 10)[:12]
    assert Frame(b"\x00\x00\x80") in events_of(truncated + NONE + NONE)


@pytest.mark.parametrize("length", [0, 2, MAX_LENGTH + 1, 0xFFFF])
def test_a_length_no_command_has_is_refused_without_waiting_for_its_bytes(length: int) -> None:
    assert events_of(PREAMBLE + length.to_bytes(2, "big"))[0] == Garbage(Fault.LENGTH, 1)


def test_missing_says_exactly_how_much_to_read() -> None:
    parser = FrameParser()
    at = 0
    while not (events := parser.feed(FOUND[at : at + parser.missing])):
        at = min(len(FOUND), at + 7)
    assert events == [Frame(FOUND[7:-1])]
    assert parser.missing == HEADER


def test_reset_forgets_a_half_received_frame() -> None:
    parser = FrameParser()
    parser.feed(FOUND[:9])
    parser.reset()
    assert parser.feed(NONE) == [Frame(b"\x00\x00\x80")]


pieces = st.one_of(
    st.binary(max_size=40),
    st.binary(min_size=2, max_size=200).map(encode),
    st.binary(min_size=2, max_size=40).map(lambda payload: encode(payload)[:-2]),
    st.binary(max_size=3).map(lambda tail: PREAMBLE + tail),
    st.just(PREAMBLE + b"\x09\x0a"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=30), st.randoms(use_true_random=False))
def test_any_stream_in_any_pieces_gives_the_same_events_in_bounded_memory(
    parts: list[bytes], dice: random.Random
) -> None:
    stream = b"".join(parts)
    parser, events, at = FrameParser(), [], 0
    while at < len(stream):
        size = dice.randint(1, 60)
        events += parser.feed(stream[at : at + size])
        assert 1 <= parser.missing <= HEADER + MAX_LENGTH
        assert len(parser._buffer) <= HEADER + MAX_LENGTH
        at += size
    assert events == events_of(stream)


def test_half_a_million_hostile_bytes_take_seconds_and_the_next_frames_are_found() -> None:
    dice = random.Random(1)
    hostile = dice.randbytes(400_000) + (PREAMBLE + b"\x09\x0a") * 14_000
    began = time.monotonic()
    parser = FrameParser()
    parser.feed(hostile)
    assert time.monotonic() - began < 20
    assert Frame(b"\x00\x00\x80") in parser.feed(NONE * 400)

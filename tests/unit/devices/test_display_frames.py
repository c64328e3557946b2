"""The two display frames that are known from real boards, found in a stream of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.display.frames import Decoder, known_decoder

SHORT = bytes.fromhex("0503E7EF")
LONG = bytes.fromhex("3A00780301B60A")


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return known_decoder()


@pytest.mark.parametrize(("frame", "addr", "number"), [(SHORT, 5, 999), (LONG, 0, 888)])
def test_the_two_real_frames_are_decoded_also_behind_noise(
    decoder: Decoder, frame: bytes, addr: int, number: int
) -> None:
    buffer = bytearray(b"\x01\x02" + frame + frame)
    for _ in range(2):
        heard = decoder.take(buffer)
        assert heard is not None
        assert (heard.values["addr"], heard.values["ticket"]) == (addr, number)
    assert decoder.take(buffer) is None
    assert not buffer


@pytest.mark.parametrize("frame", [SHORT, LONG])
def test_a_frame_that_is_still_on_its_way_is_waited_for(decoder: Decoder, frame: bytes) -> None:
    for end in range(len(frame)):
        assert decoder.take(bytearray(frame[:end])) is None


@given(noise=st.binary(max_size=200))
def test_noise_never_piles_up(decoder: Decoder, noise: bytes) -> None:
    buffer = bytearray(noise)
    while decoder.take(buffer) is not None:
        pass
    assert len(buffer) < len(LONG)

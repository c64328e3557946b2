"""The two display frames that are known from real boards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.display.frames import Shown, take

SHORT = bytes.fromhex("0503E7EF")
LONG = bytes.fromhex("3A0078030 1B60A".replace(" ", ""))


@pytest.mark.parametrize(("frame", "shown"), [(SHORT, Shown(5, 999)), (LONG, Shown(0, 888))])
def test_the_two_real_frames_are_decoded_also_behind_noise(frame: bytes, shown: Shown) -> None:
    buffer = bytearray(b"\x01\x02" + frame + frame)
    assert [take(buffer), take(buffer), take(buffer)] == [shown, shown, None]
    assert not buffer


@pytest.mark.parametrize("frame", [SHORT, LONG])
def test_a_frame_that_is_still_on_its_way_is_waited_for(frame: bytes) -> None:
    for end in range(len(frame)):
        assert take(bytearray(frame[:end])) is None


@given(st.binary(max_size=200))
def test_noise_never_piles_up(noise: bytes) -> None:
    buffer = bytearray(noise)
    while take(buffer) is not None:
        pass
    assert len(buffer) < 7

"""Keys on their real way: from the X server, past the filter, to a field, and never a scanned one among them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent / "wedge"))

from typist import Display, Typist, typist

CODE = "ZW1:9901-0003-20261123-0017-4"


@pytest.fixture(scope="module")
def hands() -> Iterator[Typist]:
    with Display(800, 600) as display, typist(display) as opened:
        yield opened


def test_what_is_typed_reaches_the_field_and_what_is_scanned_does_not(hands: Typist) -> None:
    hands.type("Li ")
    hands.wait(field="Li ")
    hands.scan(CODE)
    hands.wait(scans=1)
    hands.type("Si: 3")
    hands.wait(field="Li Si: 3")
    hands.scan(CODE.lower())
    hands.wait(scans=2)
    assert hands.scanned == [CODE, CODE.lower()]
    assert (hands.field, hands.entered) == ("Li Si: 3", []), "the scanner's Enter is no key"


def test_rolls_and_keys_of_their_own_keep_their_order(hands: Typist) -> None:
    scanned_before = list(hands.scanned)
    hands.key("ctrl+a", "BackSpace")
    hands.wait(field="")
    typed = ""
    for roll in ("abc", "de", "f", "ghi"):
        typed += roll
        hands.type(roll, 1)
        hands.wait(field=typed)
    hands.key("Left", "Left")
    hands.type("XY", 1)
    hands.key("Return")
    hands.wait(field="abcdefgXYhi")
    assert hands.entered == ["abcdefgXYhi"]
    assert hands.scanned == scanned_before

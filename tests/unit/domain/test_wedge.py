"""Every key comes out once: what a hand typed in its order, what a scanner typed whole."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.wedge import MAX_TEXT, Burst, Pace, Typed, Wedge

PACE = Pace()
FEW = settings(max_examples=40)
LETTERS = st.text("ABCxyz019:-", min_size=1, max_size=40)


class Hall:
    """Plays keys into a wedge as a window does: the silence between two keys is told, late or not at all."""

    def __init__(self, *, timer: bool = True) -> None:
        self.wedge: Wedge[Any] = Wedge(PACE)
        self.timer = timer
        self.at = 1_000
        self.count = 0
        self.typed: list[Any] = []
        self.bursts: list[str] = []

    def take(self, settled: Any) -> None:
        for each in settled:
            match each:
                case Burst(text):
                    self.bursts.append(text)
                case Typed(events):
                    self.typed += events

    def key(self, gap: int, letter: str) -> None:
        wait = self.wedge.wait_ms
        if self.timer and wait is not None and gap > wait:
            self.take(self.wedge.silent())
        self.at += gap
        self.count += 1
        self.take(self.wedge.key(self.at, letter, letter))

    def enter(self, gap: int) -> bool:
        self.at += gap
        ended = self.wedge.ended_by(self.at)
        self.take(self.wedge.silent())
        return ended

    def end(self) -> None:
        self.take(self.wedge.silent())


@st.composite
def hands(draw: Any) -> list[tuple[int, str]]:
    """Fast typing: 60 to 120 ms a key, and rolls over two or three keys in less than 30 ms each."""
    keys = []
    for _ in range(draw(st.integers(1, 12))):
        keys.append((draw(st.integers(60, 120)), draw(st.sampled_from("abcdef 123"))))
        keys += [(draw(st.integers(0, 29)), draw(st.sampled_from("abc1"))) for _ in range(draw(st.integers(0, 2)))]
    return keys


@st.composite
def scans(draw: Any) -> list[tuple[int, str]]:
    """A burst: the median of its gaps below 30 ms, the odd one late, as a busy line has it."""
    text = draw(st.text("ZW1N:-0123456789ABCXx", min_size=6, max_size=60))
    gaps = [draw(st.integers(0, 29)) for _ in text]
    late = draw(st.sets(st.integers(1, 5), max_size=2))
    gaps = [draw(st.integers(30, 50)) if at in late else gap for at, gap in enumerate(gaps)]
    gaps = [draw(st.integers(0, 90)) if at > 6 and draw(st.integers(0, 9)) == 0 else gap for at, gap in enumerate(gaps)]
    return list(zip(gaps, text, strict=True))


@FEW
@given(keys=hands(), timer=st.booleans())
def test_fast_typing_is_never_a_scan_and_comes_out_unchanged(*, keys: Any, timer: bool) -> None:
    hall = Hall(timer=timer)
    for gap, letter in keys:
        hall.key(gap, letter)
    assert not hall.enter(200)
    assert (hall.bursts, "".join(hall.typed)) == ([], "".join(letter for _, letter in keys))


@FEW
@given(keys=scans(), end=st.sampled_from(["enter", "silence"]), timer=st.booleans())
def test_a_burst_is_taken_whole_however_it_ends(*, keys: Any, end: str, timer: bool) -> None:
    hall = Hall(timer=timer)
    for gap, letter in keys:
        hall.key(gap, letter)
    if end == "enter":
        assert hall.enter(90)
    else:
        hall.end()
    assert (hall.bursts, hall.typed) == (["".join(letter for _, letter in keys)], [])


@FEW
@given(hands(), scans(), hands())
def test_typing_before_and_after_a_scan_is_unharmed(before: Any, scan: Any, after: Any) -> None:
    hall = Hall()
    for gap, letter in before:
        hall.key(gap, letter)
    hall.key(100, scan[0][1])
    for gap, letter in scan[1:]:
        hall.key(gap, letter)
    assert hall.enter(5)
    for gap, letter in after:
        hall.key(gap, letter)
    hall.end()
    assert hall.bursts == ["".join(letter for _, letter in scan)]
    assert "".join(hall.typed) == "".join(letter for _, letter in [*before, *after])


@FEW
@given(keys=st.lists(st.tuples(st.integers(0, 200), st.sampled_from("ab1")), max_size=40), timer=st.booleans())
def test_whatever_the_pace_every_key_comes_out_once_and_in_order(*, keys: Any, timer: bool) -> None:
    wedge: Wedge[int] = Wedge(PACE)
    out: list[int] = []
    at = 0

    def take(settled: Any) -> None:
        for each in settled:
            events = range(len(out), len(out) + len(each.text)) if isinstance(each, Burst) else each.events
            out.extend(events)

    for number, (gap, letter) in enumerate(keys):
        wait = wedge.wait_ms
        if timer and wait is not None and gap > wait:
            take(wedge.silent())
        at += gap
        take(wedge.key(at, letter, number))
        assert (wedge.wait_ms is None) == (len(out) == number + 1)
    take(wedge.silent())
    assert out == list(range(len(keys)))


@FEW
@given(keys=st.lists(st.tuples(st.integers(30, 50), st.sampled_from("ab1")), min_size=6, max_size=40))
def test_a_pace_between_the_two_is_a_hands_however_long_it_lasts(*, keys: Any) -> None:
    hall = Hall()
    for gap, letter in keys:
        hall.key(gap, letter)
        assert len(hall.typed) >= hall.count - PACE.shortest
    hall.end()
    assert (hall.bursts, "".join(hall.typed)) == ([], "".join(letter for _, letter in keys))


@FEW
@given(LETTERS.filter(lambda text: len(text) < PACE.shortest))
def test_what_is_too_short_is_typed(text: str) -> None:
    hall = Hall()
    for letter in text:
        hall.key(1, letter)
    assert not hall.enter(1)
    assert (hall.bursts, "".join(hall.typed)) == ([], text)


def test_a_single_key_is_held_for_fifty_milliseconds_and_a_roll_of_three_no_longer() -> None:
    hall = Hall()
    assert hall.wedge.wait_ms is None
    hall.key(0, "a")
    hall.key(20, "b")
    hall.key(20, "c")
    assert (hall.wedge.wait_ms, hall.typed) == (PACE.hold_ms, [])
    hall.key(60, "d")
    assert "".join(hall.typed) == "abc"


def test_enter_long_after_a_burst_is_a_key_of_its_own() -> None:
    hall = Hall(timer=False)
    for letter in "123456":
        hall.key(5, letter)
    assert not hall.enter(91)
    assert hall.bursts == ["123456"]


def test_a_release_stays_behind_its_key_and_goes_with_a_burst() -> None:
    wedge: Wedge[str] = Wedge(PACE)
    assert not wedge.beside("release")
    wedge.key(0, "a", "a")
    assert wedge.beside("a released")
    assert wedge.silent() == [Typed(("a", "a released"))]
    for at, letter in enumerate("123456"):
        wedge.key(at, letter, letter)
        wedge.beside("released")
    assert wedge.proven
    assert wedge.silent() == [Burst("123456")]


def test_a_clock_that_begins_anew_ends_what_was_held() -> None:
    hall = Hall()
    hall.key(0, "a")
    hall.at = 0
    hall.key(5, "b")
    assert hall.typed == ["a"]


def test_a_scanner_that_never_ends_is_cut_and_nothing_grows_without_bound() -> None:
    hall = Hall()
    for _ in range(2 * MAX_TEXT):
        hall.key(1, "x")
    assert [len(each) for each in hall.bursts] == [MAX_TEXT, MAX_TEXT]


@pytest.mark.parametrize("what", [Burst("11010519491231002X")])
def test_no_log_can_hold_what_was_scanned(what: Burst) -> None:
    assert "1101" not in repr(what)

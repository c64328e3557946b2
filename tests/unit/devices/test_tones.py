"""Tones through a sound program: a real one of ours writes down what it was given to play."""

import math
import os
import sys
from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app.ports.tone import Tone
from devices.tone.player import PROGRAMS, TonePlayer
from devices.tone.wave import FADE_MS, PARTS, RATE, VOLUME, samples

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays")


def pitch(pcm: "array[int]") -> float:
    """Hertz, by the number of times the wave crosses nought."""
    crossings = sum((one < 0) != (other < 0) for one, other in pairwise(pcm))
    return crossings * RATE / len(pcm) / 2


@pytest.mark.parametrize("tone", list(Tone))
def test_a_tone_is_as_long_as_loud_and_as_high_as_drawn(tone: Tone) -> None:
    pcm = array("h", samples(tone))
    at = 0
    for hertz, length_ms in PARTS[tone]:
        part = pcm[at : at + RATE * length_ms // 1000]
        at += len(part)
        assert math.isclose(pitch(part), hertz, abs_tol=20)
        loudest = max(map(abs, part))
        assert loudest == 0 if hertz == 0 else 0.9 * VOLUME <= loudest / 32767 <= VOLUME
        assert abs(part[0]) == abs(part[-1]) == 0, "it would click"
        assert length_ms > 2 * FADE_MS
    assert at == len(pcm)


def test_what_was_read_is_one_short_high_tick_and_what_was_not_is_two_low() -> None:
    assert [length for _, length in PARTS[Tone.READ]] == [60]
    low = [hertz for hertz, _ in PARTS[Tone.NOT_READ] if hertz]
    assert len(low) == 2
    assert max(low) < PARTS[Tone.READ][0][0] / 2


@pytest.fixture
def player() -> Iterator[Callable[[Callable[[str], str | None]], TonePlayer]]:
    opened: list[TonePlayer] = []

    def make(find: Callable[[str], str | None]) -> TonePlayer:
        opened.append(TonePlayer(find))
        return opened[-1]

    yield make
    for each in opened:
        assert not each._thread.is_alive()


def script(folder: Path, name: str, lines: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return str(path)


@posix_only
@pytest.mark.parametrize("installed", [each[0] for each in PROGRAMS])
def test_the_program_that_is_there_is_given_the_samples(
    player: Callable[[Callable[[str], str | None]], TonePlayer], tmp_path: Path, installed: str
) -> None:
    os.mkfifo(tmp_path / "told")
    path = script(tmp_path, installed, f'cat > "{tmp_path}/heard"; echo "$@" > "{tmp_path}/told"')
    playing = player(lambda name: path if name == installed else None)
    playing.play(Tone.NOT_READ)
    assert str(RATE) in (tmp_path / "told").read_text(), "it waits until the program has heard all"
    playing.stop()
    assert (tmp_path / "heard").read_bytes() == samples(Tone.NOT_READ)


@posix_only
def test_while_one_sounds_only_the_newest_waits(
    player: Callable[[Callable[[str], str | None]], TonePlayer], tmp_path: Path
) -> None:
    gates = [tmp_path / f"gate-{each}" for each in (1, 2)]
    for gate in gates:
        os.mkfifo(gate)
    sizes_file = tmp_path / "sizes"
    sounding = f'wc -c >> "{sizes_file}"; read _ < "{tmp_path}/gate-$(wc -l < "{sizes_file}")"'
    path = script(tmp_path, "aplay", sounding)
    playing = player(lambda name: path if name == "aplay" else None)
    playing.play(Tone.READ)
    with gates[0].open("w") as on:  # opens when the first one sounds
        for _ in range(20):
            playing.play(Tone.READ)
        playing.play(Tone.NOT_READ)
        on.write("on\n")
    with gates[1].open("w") as on:
        on.write("on\n")
    playing.stop()
    sizes = [int(each) for each in sizes_file.read_text().split()]
    assert sizes == [len(samples(Tone.READ)), len(samples(Tone.NOT_READ))]


def test_without_a_program_or_with_a_broken_one_nothing_sounds_and_nothing_breaks(
    player: Callable[[Callable[[str], str | None]], TonePlayer], tmp_path: Path
) -> None:
    for find in (lambda _name: None, lambda name: str(tmp_path / name)):
        playing = player(find)
        playing.play(Tone.READ)
        playing.play(Tone.NOT_READ)
        playing.stop()

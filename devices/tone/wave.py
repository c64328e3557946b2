"""The tones as samples: one short high tick, or two low ones, at 30 % of what a loudspeaker can do (design.md 11)."""

import math
from array import array
from typing import Final

from app.ports.tone import Tone

RATE: Final = 22_050
"""Samples a second; one channel, 16 bits, little-endian."""
VOLUME: Final = 0.3
FADE_MS: Final = 5
"""A tone that begins or ends at once clicks."""
_FULL: Final = 32_767

Part = tuple[int, int]
PARTS: Final[dict[Tone, tuple[Part, ...]]] = {
    Tone.READ: ((1760, 60),),
    Tone.NOT_READ: ((330, 90), (0, 70), (330, 90)),
}
"""Hertz and milliseconds; 0 Hz is silence."""


def samples(tone: Tone) -> bytes:
    """Return the tone as 16-bit samples."""
    pcm = array("h")
    for hertz, length_ms in PARTS[tone]:
        pcm.extend(_part(hertz, RATE * length_ms // 1000))
    return pcm.tobytes()


def _part(hertz: int, count: int) -> list[int]:
    fade = RATE * FADE_MS // 1000
    turn = 2 * math.pi * hertz / RATE
    return [
        round(_FULL * VOLUME * min(1.0, at / fade, (count - 1 - at) / fade) * math.sin(turn * at))
        for at in range(count)
    ]

"""The two tones by which a clerk knows, without looking, whether what was scanned or laid was read."""

from collections.abc import Callable
from enum import StrEnum


class Tone(StrEnum):
    """What a tone says (design.md section 11, Sound)."""

    READ = "read"
    NOT_READ = "not_read"


Play = Callable[[Tone], None]
"""Plays a tone and returns at once; a computer without sound plays none."""

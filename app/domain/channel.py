"""How a first contact reaches the window (domain rules I01, I70): in person, by telephone or by letter."""

from collections.abc import Mapping
from enum import StrEnum


class Channel(StrEnum):
    """The three ways, in the order of the seed: 来访, 来电, 来函."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"


CHANNELS: Mapping[Channel, str] = {Channel.IN_PERSON: "来访", Channel.PHONE: "来电", Channel.LETTER: "来函"}
"""The words on SL-02."""

REMOTE = (Channel.PHONE, Channel.LETTER)
"""Nobody sits at the window: no paper can be seen and none taken away. In the order of the digits."""

"""The card reader: frames of the line, and the text block of a card."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from app.domain import id_card
from devices.errors import DeviceError
from devices.sam import card as card_text
from devices.sam import commands, frames
from devices.sam.commands import parse_answer
from devices.sam.demo_cards import demo_card
from devices.sam.frames import HEADER, MAX_LENGTH, Frame, FrameParser, encode
from devices.sam.module import SAM_ID_DATA, Module
from fuzzing.target import Broken, Events, FrameTarget, Stream, StreamTarget

PEOPLE = ("P1", "P2", "P6", "J1", "I1", "Y1")
"""All four documents, one with a rare name."""


class _Line(FrameParser):
    def held(self) -> int:
        if not 1 <= self.missing <= HEADER + MAX_LENGTH:
            raise Broken(f"wants {self.missing} bytes more")
        return len(self._buffer)


class ReaderFrames(StreamTarget):
    """The line of a SAM module, and what the dialogue makes of an answer."""

    name = "card reader, frames"
    code = (frames, commands)
    most_held = HEADER + MAX_LENGTH
    lines_a_byte = 100
    memory_a_byte = 400

    def __init__(self) -> None:
        self.corpus = _answers()
        self.quiet = bytes(self.most_held)

    def fresh(self) -> Stream:
        return _Line()

    def judge(self, events: Events) -> None:
        for event in events:
            if isinstance(event, Frame):
                with suppress(DeviceError):
                    _read(event.payload)


class CardTexts(FrameTarget):
    """The 256 bytes of text on a card."""

    name = "card reader, text of a card"
    code = (card_text, id_card)
    refusals = (DeviceError,)

    def __init__(self) -> None:
        people = [demo_card(each) for each in PEOPLE]
        dated = [card_text.encode(each) for each in people]
        self.corpus = (*dated, *(card_text.encode(replace(each, valid_to=None)) for each in people))

    def take(self, frame: bytes) -> object:
        return card_text.decode(frame)


def _read(payload: bytes) -> None:
    answer = parse_answer(payload)
    size = len(answer.data)
    if size == commands.SAM_ID_SIZE:
        commands.sam_id(answer.data)
    elif size == commands.ADDRESS_SIZE:
        commands.newest_address(answer.data)
    elif size > commands.TEXT_SIZE:
        card_text.decode(commands.text_block(commands.expect(commands.READ, answer)))


def _answers() -> Sequence[bytes]:
    """What a module says in a day: mostly that there is no card."""
    module = Module()
    module.lay(demo_card(PEOPLE[0]), "示范县东街道9号")
    asked = (commands.FIND, commands.SELECT, commands.READ, commands.NEWEST_ADDRESS, commands.STATUS)
    answers = [module.answer(each.code) for each in asked]
    module.lift()
    none = module.answer(commands.FIND.code)
    small = [none, bytes((0, 0, 0x90)) + SAM_ID_DATA, *(bytes((0, 0, sw3)) for sw3 in (0x41, 0x81, 0x91, 0x10))]
    return tuple(encode(payload) for payload in (*answers, *small * 4))

"""What to ask a reader next and what to make of its answers: decisions only, the driver does the input and output.

A dialogue is a generator: it yields what is to be done and is sent what came of it; a failed action is thrown into it
as a ``DeviceError``. Rules: reference of the SAM module, "timing and state".
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import TypeVar

from app.domain.id_card import IdCard
from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderEvent, ReaderLost
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError
from devices.sam import card as card_text
from devices.sam import commands
from devices.sam.commands import Answer, Command

POLL_MS = 300
FIRST_BACK_OFF_MS = 500
LONGEST_BACK_OFF_MS = 2000
MISSES_UNTIL_LIFTED = 3

LINE_TROUBLE = frozenset({FaultReason.SILENT, FaultReason.GARBLED})
CARD_TROUBLE = frozenset(
    {
        FaultReason.ITEM_ABSENT,
        FaultReason.CARD_REJECTS_SAM,
        FaultReason.SAM_REJECTS_CARD,
        FaultReason.VERIFICATION,
        FaultReason.FINGERPRINT,
        FaultReason.CARD_TYPE,
        FaultReason.READ_FAILED,
        FaultReason.RANDOM_NUMBER,
        FaultReason.NO_CARD,
        FaultReason.SELECT_FAILED,
        FaultReason.CARD_DATA,
        FaultReason.LENGTH,
        FaultReason.UNKNOWN,
    }
)
"""Refusals that concern this card; any other means the reader itself is not fit."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open the port, or open it again."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close the port."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Drop what is half received and send a command; an ``Answer`` is sent back."""

    command: Command


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait."""

    ms: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Hand an event to whoever listens."""

    event: ReaderEvent


Action = Open | Close | Ask | Pause | Tell
Result = TypeVar("Result")
Dialogue = Generator[Action, Answer | None, Result]
Inquiry = Generator[Ask, Answer, Result]
"""A dialogue of questions only."""


def ask(command: Command) -> Inquiry[Answer]:
    """Ask, and after silence or garbage once more, then see whether the module is alive and try a last time.

    A module that got our command garbled says so (SW3 10): that is garbage as well.

    Raises:
        DeviceError: the line is dead.
    """
    for _ in range(2):
        try:
            answer = yield Ask(command)
        except DeviceError as error:
            if error.reason not in LINE_TROUBLE:
                raise
        else:
            if answer.sw3 != commands.MISHEARD:
                return answer
    commands.expect(commands.STATUS, (yield Ask(commands.STATUS)))
    return (yield Ask(command))


def select_and_read(*, with_newest_address: bool = False) -> Inquiry[IdCard]:
    """Read the card that was found.

    Raises:
        DeviceError: what the module refused, or what was wrong with the data.
    """
    commands.expect(commands.SELECT, (yield from ask(commands.SELECT)))
    data = commands.expect(commands.READ, (yield from ask(commands.READ)))
    card = card_text.decode(commands.text_block(data))
    if with_newest_address:
        answer = yield from ask(commands.NEWEST_ADDRESS)
        if answer.sw3 == commands.OK:
            return replace(card, address=commands.newest_address(answer.data) or card.address)
    return card


def read_whatever_find_says(*, with_newest_address: bool = False) -> Inquiry[IdCard]:
    """Find, select and read on somebody's word: some modules deny a card they have read, and read it all the same.

    Raises:
        DeviceError: ``NO_CARD`` when neither find nor select saw one, else what failed.
    """
    found = yield from ask(commands.FIND)
    try:
        return (yield from select_and_read(with_newest_address=with_newest_address))
    except DeviceError as error:
        if error.reason is FaultReason.SELECT_FAILED:
            commands.expect(commands.FIND, found)
        raise


class Watch:
    """Watches one reader for ever and tells what happens on it.

    ``take_request`` returns whether somebody asked for a read since it was last called.
    """

    def __init__(self, take_request: Callable[[], bool], *, with_newest_address: bool = False) -> None:
        self._take_request = take_request
        self._with_newest_address = with_newest_address
        self._laid = False
        self._number: str | None = None
        self._misses = 0
        self._served = False

    def run(self) -> Dialogue[None]:
        """Open, serve, and after a loss open again, with a patience that grows until a reader has served again."""
        lost = False
        back_off = FIRST_BACK_OFF_MS
        while True:
            try:
                yield Open()
                sam_id = yield from self._greet()
                yield Tell(ReaderBack(sam_id))
                lost = False
                yield from self._serve()
            except DeviceError as error:
                yield Close()
                if not lost:
                    lost = True
                    yield Tell(ReaderLost(error.reason, error.advice))
                if self._served:
                    back_off = FIRST_BACK_OFF_MS
                    self._served = False
                yield Pause(back_off)
                back_off = min(2 * back_off, LONGEST_BACK_OFF_MS)

    def _greet(self) -> Dialogue[str]:
        commands.expect(commands.STATUS, (yield from ask(commands.STATUS)))
        answer = yield from ask(commands.SAM_ID)
        return commands.sam_id(answer.data) if answer.sw3 == commands.OK else ""

    def _serve(self) -> Dialogue[None]:
        self._take_request()  # one made while the reader was away is stale
        while True:
            if self._take_request():
                yield from self._read_on_request()
            else:
                yield from self._look()
            self._served = True
            yield Pause(POLL_MS)

    def _look(self) -> Dialogue[None]:
        answer = yield from ask(commands.FIND)
        if answer.sw3 == commands.FOUND:
            came = not self._laid or self._misses > 0
            self._misses = 0
            if came:
                yield from self._read_laid()
            return
        if (reason := commands.reason_of(answer.sw3)) not in CARD_TROUBLE:
            raise DeviceError(reason)
        self._misses += 1
        if self._laid and self._misses == MISSES_UNTIL_LIFTED:
            yield from self._lift()

    def _read_laid(self) -> Dialogue[None]:
        """Read what find saw. After a short miss it may be the same card, which is not told again, or another."""
        try:
            card = yield from select_and_read(with_newest_address=self._with_newest_address)
        except DeviceError as error:
            if error.reason not in CARD_TROUBLE:
                raise
            if not self._laid:
                self._laid = True
                yield Tell(CardUnreadable(error.reason, error.advice))
            return
        if card.number == self._number:
            return
        if self._number is not None:
            yield from self._lift()
        yield from self._tell(card)

    def _read_on_request(self) -> Dialogue[None]:
        try:
            card = yield from read_whatever_find_says(with_newest_address=self._with_newest_address)
        except DeviceError as error:
            if error.reason not in CARD_TROUBLE:
                raise
            yield Tell(CardUnreadable(error.reason, error.advice))
            return
        yield from self._tell(card)

    def _tell(self, card: IdCard) -> Dialogue[None]:
        self._laid, self._number, self._misses = True, card.number, 0
        yield Tell(CardRead(card))

    def _lift(self) -> Dialogue[None]:
        self._laid, self._number = False, None
        yield Tell(CardLifted())

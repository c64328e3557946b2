"""Dialogues of the reader's watch, played without a wire."""

from typing import Self

import pytest

from app.ports.card_reader import CardLifted, CardRead, CardUnreadable, ReaderBack, ReaderEvent, ReaderLost
from app.ports.device_fault import Advice, FaultReason
from devices.errors import DeviceError
from devices.sam import card as card_text
from devices.sam.commands import FIND, NEWEST_ADDRESS, READ, SAM_ID, SELECT, STATUS, Answer, Command, reason_of
from devices.sam.demo_cards import demo_card
from devices.sam.dialogue import (
    LONGEST_BACK_OFF_MS,
    POLL_MS,
    Action,
    Ask,
    Close,
    Open,
    Pause,
    Tell,
    Watch,
    read_whatever_find_says,
)

OK = Answer(0x90)
FOUND = Answer(0x9F, bytes(4))
NONE = Answer(0x80)
SELECT_FAILED = Answer(0x81)
READ_FAILED = Answer(0x41)
SAM = Answer(0x90, bytes.fromhex("0500010009B8320105BE1200ADC5B111"))
SAM_LABEL = "05.01-20101129-0001228293-0296863149"
LAY_AGAIN = Advice.LAY_AGAIN


def silence() -> DeviceError:
    return DeviceError(FaultReason.SILENT)


def data_of(person: str) -> Answer:
    return Answer(0x90, b"\x01\x00\x04\x00" + card_text.encode(demo_card(person)) + bytes(1024))


class Play:
    """Plays the wire: ``wants(action, result)`` checks the next action and gives it its result."""

    def __init__(self, *, with_newest_address: bool = False) -> None:
        self.requested = False
        self._dialogue = Watch(self._take, with_newest_address=with_newest_address).run()
        self._action = next(self._dialogue)

    def _take(self) -> bool:
        requested, self.requested = self.requested, False
        return requested

    def wants(self, action: Action, result: Answer | DeviceError | None = None) -> Self:
        assert self._action == action
        if isinstance(result, DeviceError):
            self._action = self._dialogue.throw(result)
        else:
            self._action = self._dialogue.send(result)
        return self

    def asks(self, command: Command, result: Answer | DeviceError | None) -> Self:
        return self.wants(Ask(command), result)

    def tells(self, event: ReaderEvent) -> Self:
        return self.wants(Tell(event))

    def rests(self) -> Self:
        return self.wants(Pause(POLL_MS))

    def misses(self, times: int) -> Self:
        for _ in range(times):
            self.asks(FIND, NONE).rests()
        return self

    def reads(self, person: str) -> Self:
        return self.asks(FIND, FOUND).asks(SELECT, OK).asks(READ, data_of(person))


@pytest.fixture
def play() -> Play:
    """A reader that has been opened and greeted."""
    return Play().wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM).tells(ReaderBack(SAM_LABEL))


def test_a_laid_card_is_told_once_however_long_it_lies(play: Play) -> None:
    play.reads("P6").tells(CardRead(demo_card("P6"))).rests()
    play.asks(FIND, FOUND).rests().asks(FIND, FOUND).rests()


def test_a_card_counts_as_lifted_after_three_failed_finds(play: Play) -> None:
    play.reads("P1").tells(CardRead(demo_card("P1"))).rests()
    play.misses(2).asks(FIND, NONE).tells(CardLifted()).rests().misses(4)


def test_the_same_card_after_two_failed_finds_is_not_told_again(play: Play) -> None:
    play.reads("P1").tells(CardRead(demo_card("P1"))).rests()
    play.misses(2).reads("P1").rests()
    play.asks(FIND, FOUND).rests()


def test_a_card_laid_again_after_it_was_lifted_is_told_again(play: Play) -> None:
    play.reads("P1").tells(CardRead(demo_card("P1"))).rests()
    play.misses(2).asks(FIND, NONE).tells(CardLifted()).rests()
    play.reads("P1").tells(CardRead(demo_card("P1"))).rests()


def test_another_card_laid_quickly_lifts_the_first(play: Play) -> None:
    play.reads("P1").tells(CardRead(demo_card("P1"))).rests().misses(1)
    play.reads("P2").tells(CardLifted()).tells(CardRead(demo_card("P2"))).rests()


def test_an_unreadable_card_is_told_once_and_read_when_laid_again(play: Play) -> None:
    play.asks(FIND, FOUND).asks(SELECT, OK).asks(READ, READ_FAILED)
    play.tells(CardUnreadable(FaultReason.READ_FAILED, LAY_AGAIN)).rests()
    play.asks(FIND, FOUND).rests().misses(1)
    play.asks(FIND, FOUND).asks(SELECT, SELECT_FAILED).rests()
    play.misses(1).reads("P1").tells(CardRead(demo_card("P1"))).rests()


def test_a_read_on_request_goes_on_after_find_saw_no_card_and_tells_the_same_number(play: Play) -> None:
    play.reads("P1").tells(CardRead(demo_card("P1")))
    play.requested = True
    play.rests().asks(FIND, NONE).asks(SELECT, OK).asks(READ, data_of("P1")).tells(CardRead(demo_card("P1"))).rests()


def test_a_read_on_request_without_a_card_says_so(play: Play) -> None:
    play.misses(1).asks(FIND, NONE)
    play.requested = True
    play.rests().asks(FIND, NONE).asks(SELECT, SELECT_FAILED)
    play.tells(CardUnreadable(FaultReason.NO_CARD, Advice.LAY_CARD)).rests()


def test_a_request_made_while_the_reader_was_away_is_forgotten() -> None:
    play = Play().wants(Open(), DeviceError(FaultReason.PORT_ABSENT)).wants(Close())
    play.tells(ReaderLost(FaultReason.PORT_ABSENT, Advice.CHECK_CABLE))
    play.requested = True
    play.wants(Pause(500)).wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM).tells(ReaderBack(SAM_LABEL))
    play.misses(1)


def test_silence_is_asked_again_then_the_module_is_tried_then_the_line_is_lost(play: Play) -> None:
    play.asks(FIND, silence()).asks(FIND, silence()).asks(STATUS, OK).asks(FIND, silence())
    play.wants(Close()).tells(ReaderLost(FaultReason.SILENT, Advice.CHECK_CABLE)).wants(Pause(500))


def test_garbage_once_is_got_over_without_a_word(play: Play) -> None:
    play.asks(FIND, DeviceError(FaultReason.GARBLED)).reads("P1").tells(CardRead(demo_card("P1"))).rests()


def test_a_module_that_wakes_up_at_its_status_is_asked_a_last_time(play: Play) -> None:
    play.asks(FIND, silence()).asks(FIND, silence()).asks(STATUS, OK).asks(FIND, NONE).rests()


def test_a_line_that_is_gone_is_not_asked_again(play: Play) -> None:
    play.asks(FIND, DeviceError(FaultReason.DISCONNECTED)).wants(Close())
    play.tells(ReaderLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)).wants(Pause(500))


def test_a_lost_reader_is_told_once_and_tried_with_growing_patience() -> None:
    play = Play().wants(Open(), DeviceError(FaultReason.PORT_BUSY)).wants(Close())
    play.tells(ReaderLost(FaultReason.PORT_BUSY, Advice.CLOSE_OTHER_PROGRAM))
    for patience in (500, 1000, 2000, LONGEST_BACK_OFF_MS):
        play.wants(Pause(patience)).wants(Open(), DeviceError(FaultReason.PORT_BUSY)).wants(Close())
    play.wants(Pause(LONGEST_BACK_OFF_MS)).wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM)
    play.tells(ReaderBack(SAM_LABEL)).misses(1).asks(FIND, DeviceError(FaultReason.DISCONNECTED)).wants(Close())
    play.tells(ReaderLost(FaultReason.DISCONNECTED, Advice.CHECK_CABLE)).wants(Pause(500))


def test_a_reader_that_greets_and_dies_at_once_is_tried_with_growing_patience() -> None:
    play = Play()
    for patience in (500, 1000, 2000, LONGEST_BACK_OFF_MS):
        play.wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM).tells(ReaderBack(SAM_LABEL))
        play.asks(FIND, DeviceError(FaultReason.HELPER_LOST)).wants(Close())
        play.tells(ReaderLost(FaultReason.HELPER_LOST, Advice.REPLUG)).wants(Pause(patience))


@pytest.mark.parametrize(("sw3", "reason"), [(0x60, FaultReason.SELF_TEST), (0x66, FaultReason.NOT_AUTHORISED)])
def test_a_module_that_is_not_fit_is_lost_not_blamed_on_a_card(play: Play, sw3: int, reason: FaultReason) -> None:
    play.asks(FIND, FOUND).asks(SELECT, Answer(sw3)).wants(Close())
    play.tells(ReaderLost(reason, Advice.CALL_SUPPORT)).wants(Pause(500))


@pytest.mark.parametrize("sw3", [0x11, 0x24, 0x31, 0x32, 0x33, 0x37, 0x3F, 0x40, 0x41, 0x47, 0x80, 0x81, 0x91])
def test_a_refusal_that_concerns_the_card_is_told_once_and_the_reader_goes_on(play: Play, sw3: int) -> None:
    play.asks(FIND, FOUND).asks(SELECT, OK).asks(READ, Answer(sw3))
    reason = reason_of(sw3)
    play.tells(CardUnreadable(reason, DeviceError(reason).advice)).rests().asks(FIND, FOUND).rests()


@pytest.mark.parametrize("sw3", [0x21, 0x23, 0x60, 0x66])
@pytest.mark.parametrize("refused", [FIND, SELECT, READ])
def test_a_refusal_that_concerns_the_reader_is_its_loss(play: Play, sw3: int, refused: Command) -> None:
    for command, answer in ((FIND, FOUND), (SELECT, OK), (READ, OK)):
        play.asks(command, Answer(sw3) if command == refused else answer)
        if command == refused:
            break
    reason = reason_of(sw3)
    play.wants(Close()).tells(ReaderLost(reason, DeviceError(reason).advice)).wants(Pause(500))


def test_a_command_the_module_got_garbled_is_sent_again(play: Play) -> None:
    play.asks(FIND, Answer(0x10)).asks(FIND, NONE).rests()
    play.asks(FIND, Answer(0x10)).asks(FIND, silence()).asks(STATUS, OK).asks(FIND, FOUND)
    play.asks(SELECT, OK).asks(READ, data_of("P1")).tells(CardRead(demo_card("P1")))


def test_a_command_the_module_never_gets_right_is_the_readers_loss(play: Play) -> None:
    play.asks(FIND, Answer(0x10)).asks(FIND, Answer(0x10)).asks(STATUS, OK).asks(FIND, Answer(0x10))
    play.wants(Close()).tells(ReaderLost(FaultReason.CHECKSUM, Advice.REPLUG)).wants(Pause(500))


def test_a_module_without_a_serial_number_is_as_good() -> None:
    play = Play().wants(Open()).asks(STATUS, OK).asks(SAM_ID, Answer(0x21)).tells(ReaderBack(""))
    play.reads("P1").tells(CardRead(demo_card("P1")))


def test_the_newest_address_replaces_the_printed_one() -> None:
    play = Play(with_newest_address=True).wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM)
    play.tells(ReaderBack(SAM_LABEL)).reads("P1")
    address = Answer(0x90, "示范县新区2号".ljust(35).encode("utf-16-le"))
    play.asks(NEWEST_ADDRESS, address)
    assert play._action.event.card.address == "示范县新区2号"


def test_a_card_without_a_newest_address_keeps_the_printed_one() -> None:
    play = Play(with_newest_address=True).wants(Open()).asks(STATUS, OK).asks(SAM_ID, SAM)
    play.tells(ReaderBack(SAM_LABEL)).reads("P1").asks(NEWEST_ADDRESS, Answer(0x91))
    play.tells(CardRead(demo_card("P1")))


def test_a_single_read_ends_with_the_card() -> None:
    dialogue = read_whatever_find_says()
    assert next(dialogue) == Ask(FIND)
    assert dialogue.send(NONE) == Ask(SELECT)
    assert dialogue.send(OK) == Ask(READ)
    with pytest.raises(StopIteration) as done:
        dialogue.send(data_of("J1"))
    assert done.value.value == demo_card("J1")

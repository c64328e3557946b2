"""The simulated module and the faults of its line."""

from typing import Any

import pytest

from devices.sam.card import decode
from devices.sam.commands import FIND, NEWEST_ADDRESS, READ, SAM_ID, SELECT, STATUS, Command, text_block
from devices.sam.demo_cards import demo_card
from devices.sam.faults import NOISE, Fault
from devices.sam.frames import PREAMBLE, Frame, FrameParser, encode
from devices.sam.module import CardState, Module


@pytest.fixture
def module() -> Module:
    return Module()


def sw3(module: Module, command: Command) -> int:
    return module.answer(command.code)[2]


def read(module: Module) -> list[int]:
    return [sw3(module, command) for command in (FIND, SELECT, READ)]


def test_without_a_card_nothing_is_found(module: Module) -> None:
    assert read(module) == [0x80, 0x81, 0x41]
    assert module.state is CardState.NO_CARD


def test_a_laid_card_goes_through_its_states(module: Module) -> None:
    module.lay(demo_card("P1"))
    states = [module.state]
    for command in (FIND, SELECT, READ):
        module.answer(command.code)
        states.append(module.state)
    module.lift()
    assert states == [CardState.PRESENT, CardState.FOUND, CardState.SELECTED, CardState.READ]
    assert module.state is CardState.NO_CARD


def test_a_card_must_be_found_before_it_is_selected(module: Module) -> None:
    module.lay(demo_card("P1"))
    assert sw3(module, SELECT) == 0x81


def test_a_failed_read_spoils_the_card_until_it_is_lifted(module: Module) -> None:
    module.lay(demo_card("P1"))
    assert [sw3(module, command) for command in (FIND, READ, FIND, SELECT)] == [0x9F, 0x41, 0x9F, 0x81]
    assert module.state is CardState.MUST_LIFT
    module.lay(demo_card("P1"))
    assert read(module) == [0x9F, 0x90, 0x90]


@pytest.mark.parametrize(("found", "expected"), [(True, 0x9F), (False, 0x80)])
def test_a_card_that_was_read_is_found_or_denied_and_can_be_read_again(
    module: Module, *, found: bool, expected: int
) -> None:
    module.find_after_read = found
    module.lay(demo_card("P1"))
    read(module)
    assert read(module) == [expected, 0x90, 0x90]


def test_what_is_read_is_what_was_laid(module: Module) -> None:
    module.lay(demo_card("Y1"))
    module.answer(FIND.code)
    module.answer(SELECT.code)
    assert decode(text_block(module.answer(READ.code)[3:])) == demo_card("Y1")


def test_the_newest_address_is_there_only_if_one_was_written(module: Module) -> None:
    module.lay(demo_card("P1"))
    assert [*read(module), sw3(module, NEWEST_ADDRESS)] == [0x9F, 0x90, 0x90, 0x91]
    module.lay(demo_card("P1"), "示范县新区2号")
    assert [*read(module), sw3(module, NEWEST_ADDRESS)] == [0x9F, 0x90, 0x90, 0x90]


def test_status_and_serial_number_need_no_card_and_other_commands_are_refused(module: Module) -> None:
    assert sw3(module, STATUS) == 0x90
    assert len(module.answer(SAM_ID.code)) == 19
    assert module.answer(b"\x77\x77")[2] == 0x21


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("bad_xor", [(0, "AAAAAA9669000400008084"[:-2] + "D1")]),
        ("wrong_length", [(0, "AAAAAA9669000500008084")]),
        ("truncate", [(0, "AAAAAA9669")]),
        ("noise", [(0, NOISE.hex().upper() + "AAAAAA9669000400008084")]),
        ("split", [(0, "AAAAAA"), (50, "9669000400008084")]),
        ("preamble_inside", [(0, "AAAAAA9669000400008084")]),
        ("delay", [(50, "AAAAAA9669000400008084")]),
        ("status", [(0, "AAAAAA9669000400002420")]),
        ("silence", []),
        ("unplug", []),
    ],
)
def test_a_fault_changes_what_goes_over_the_line(kind: str, sent: list[tuple[int, str]]) -> None:
    pieces = Fault.from_json({"kind": kind}).pieces(b"\x00\x00\x80")
    assert [(wait, data.hex().upper()) for wait, data in pieces] == sent


def test_noise_before_an_answer_does_not_hide_it() -> None:
    [(_, data)] = Fault.from_json({"kind": "noise"}).pieces(b"\x00\x00\x80")
    assert Frame(b"\x00\x00\x80") in FrameParser().feed(data + encode(b"\x00\x00\x80"))


def test_a_preamble_inside_the_photo_does_not_end_the_frame(module: Module) -> None:
    module.lay(demo_card("P6"))
    answer = [module.answer(command.code) for command in (FIND, SELECT, READ)][-1]
    [(_, data)] = Fault.from_json({"kind": "preamble_inside", "command": "read"}).pieces(answer)
    [frame] = FrameParser().feed(data)
    assert frame.payload.endswith(PREAMBLE)
    assert decode(text_block(frame.payload[3:])) == demo_card("P6")


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "fire"},
        {"kind": "delay", "ms": -1},
        {"kind": "delay", "ms": 10**9},
        {"kind": "status", "sw3": "1FF"},
        {"kind": "status", "command": "eject"},
        {"kind": "status", "times": True},
    ],
)
def test_a_fault_nobody_can_make_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Fault.from_json(value)


def test_a_card_that_does_not_fit_the_chip_is_not_laid(module: Module) -> None:
    with pytest.raises(ValueError, match="longer than 35"):
        module.lay(demo_card("P1"), "长" * 36)
    assert module.state is CardState.NO_CARD

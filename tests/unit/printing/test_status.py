"""The answers to DLE EOT, as the table of devices has them."""

import pytest

from printing.errors import PrinterReason
from printing.status import (
    PrinterStatus,
    ask_status,
    has_error,
    is_consumed_answer,
    is_status_answer,
    read_status,
)


def answers(*bytes_: int | None) -> dict[int, int | None]:
    return dict(enumerate(bytes_, start=1))


@pytest.mark.parametrize(
    ("given", "fault", "near_end"),
    [
        (answers(0x12, 0x12, 0x12, 0x12), None, False),
        (answers(0x12, 0x12, 0x12, 0x1E), None, True),
        (answers(0x1A, 0x32, 0x12, 0x7E), PrinterReason.PAPER_OUT, True),
        (answers(0x1A, 0x16, 0x12, 0x12), PrinterReason.COVER_OPEN, False),
        (answers(0x1A, 0x52, 0x1A, 0x12), PrinterReason.CUTTER, False),
        (answers(0x1A, 0x52, 0x32, 0x12), PrinterReason.UNRECOVERABLE, False),
        (answers(0x1A, 0x52, 0x52, 0x12), PrinterReason.RESTING, False),
        (answers(0x1A, 0x52, 0x16, 0x12), PrinterReason.OFFLINE, False),  # recoverable, and it does not say what
        (answers(0x1A, 0x12, 0x12, 0x12), PrinterReason.OFFLINE, False),
        (answers(0x16, 0x12, 0x12, 0x12), None, False),  # the drawer's pin says nothing of the paper
        (answers(0x1A, 0x36, 0x12, 0x7E), PrinterReason.COVER_OPEN, True),  # the cover hides the paper
    ],
)
def test_the_table_of_states_is_read(
    given: dict[int, int | None], fault: PrinterReason | None, *, near_end: bool
) -> None:
    assert read_status(given) == PrinterStatus(fault, near_end=near_end)


@pytest.mark.parametrize("given", [{}, {1: None}, {1: 0x12, 2: None}, {1: 0x12, 2: 0x12, 4: 0x00}, {1: 0xFF}])
def test_silence_and_nonsense_are_never_ok(given: dict[int, int | None]) -> None:
    assert read_status(given).fault is PrinterReason.SILENT


def test_no_byte_answers_both_questions() -> None:
    assert not [byte for byte in range(256) if is_status_answer(byte) and is_consumed_answer(byte)]


def test_sixteen_bytes_are_status_answers() -> None:
    valid = [byte for byte in range(256) if is_status_answer(byte)]
    assert len(valid) == 16
    assert {0x12, 0x1A, 0x32, 0x7E, 0x16, 0x1E} <= set(valid)


def test_an_error_asks_for_its_cause() -> None:
    assert has_error({1: 0x1A, 2: 0x52})
    assert not has_error({1: 0x1A, 2: 0x32})
    assert not has_error({1: None})


def test_the_question_is_three_bytes() -> None:
    assert ask_status(4) == b"\x10\x04\x04"

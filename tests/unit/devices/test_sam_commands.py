"""What the answers of a module mean."""

import pytest

from app.ports.device_fault import Advice, FaultReason
from app.storage.messages import sentence as text
from devices.errors import DeviceError
from devices.sam import commands
from devices.sam.commands import (
    FIND,
    READ,
    SELECT,
    Answer,
    expect,
    newest_address,
    parse_answer,
    reason_of,
    sam_id,
    text_block,
)


def test_the_sam_id_reads_as_on_its_label() -> None:
    data = bytes.fromhex("05000100 09B83201 05BE1200 ADC5B111")
    assert sam_id(data) == "05.01-20101129-0001228293-0296863149"


@pytest.mark.parametrize("fingerprint", [1024, 512, 0])
def test_the_text_is_cut_out_whatever_fingerprint_follows(fingerprint: int) -> None:
    text_bytes = bytes(range(256))
    sizes = b"\x01\x00\x04\x00" + fingerprint.to_bytes(2, "big")
    assert text_block(sizes + text_bytes + bytes(1024) + bytes(fingerprint)) == text_bytes


def test_the_text_is_cut_out_without_the_photo() -> None:
    assert text_block(b"\x01\x00\x04\x00" + b"t" * 256 + b"p" * 1024) == b"t" * 256


@pytest.mark.parametrize(
    "data",
    [b"", b"\x01", b"\x01\x00\x04\x00", b"\x01\x00\x04\x00" + bytes(1279), b"\xff\xff\xff\xff" + bytes(1280), bytes(6)],
)
def test_lengths_that_do_not_add_up_are_refused(data: bytes) -> None:
    with pytest.raises(DeviceError) as refused:
        text_block(data)
    assert refused.value.reason is FaultReason.LENGTH


@pytest.mark.parametrize(
    ("sw3", "reason", "advice"),
    [
        (0x10, FaultReason.CHECKSUM, Advice.REPLUG),
        (0x11, FaultReason.LENGTH, Advice.REPLUG),
        (0x21, FaultReason.COMMAND, Advice.CALL_SUPPORT),
        (0x23, FaultReason.NOT_PERMITTED, Advice.CALL_SUPPORT),
        (0x24, FaultReason.UNKNOWN, Advice.REPLUG),
        (0x31, FaultReason.CARD_REJECTS_SAM, Advice.LAY_AGAIN),
        (0x32, FaultReason.SAM_REJECTS_CARD, Advice.LAY_AGAIN),
        (0x33, FaultReason.VERIFICATION, Advice.LAY_AGAIN),
        (0x37, FaultReason.FINGERPRINT, Advice.LAY_AGAIN),
        (0x3F, FaultReason.LENGTH, Advice.REPLUG),
        (0x40, FaultReason.CARD_TYPE, Advice.TYPE_BY_HAND),
        (0x41, FaultReason.READ_FAILED, Advice.LAY_AGAIN),
        (0x47, FaultReason.RANDOM_NUMBER, Advice.LAY_AGAIN),
        (0x60, FaultReason.SELF_TEST, Advice.CALL_SUPPORT),
        (0x66, FaultReason.NOT_AUTHORISED, Advice.CALL_SUPPORT),
        (0x80, FaultReason.NO_CARD, Advice.LAY_CARD),
        (0x81, FaultReason.SELECT_FAILED, Advice.LAY_AGAIN),
        (0x91, FaultReason.ITEM_ABSENT, Advice.LAY_AGAIN),
        (0xEE, FaultReason.UNKNOWN, Advice.REPLUG),
    ],
)
def test_every_status_becomes_a_reason_and_an_advice(sw3: int, reason: FaultReason, advice: Advice) -> None:
    with pytest.raises(DeviceError) as refused:
        expect(SELECT, Answer(sw3))
    assert (refused.value.reason, refused.value.advice) == (reason, advice)
    assert reason_of(sw3) is reason


@pytest.mark.parametrize("code", [*FaultReason, *Advice])
def test_every_reason_and_advice_has_a_sentence(code: str) -> None:
    assert text(code).endswith("。")


@pytest.mark.parametrize("sw3", [0x31, 0x32, 0x40, 0x41, 0x47, 0x81])
def test_only_the_third_status_byte_counts(sw3: int) -> None:
    for first, second in ((0x00, 0x00), (0x12, 0x34), (0x90, 0x90), (0xFF, 0x9F)):
        assert parse_answer(bytes([first, second, sw3])) == Answer(sw3)


def test_a_success_may_carry_anything_before_its_status() -> None:
    assert expect(FIND, parse_answer(b"\xff\xff\x9f\x00")) == b"\x00"


def test_fingerprints_are_never_asked_for() -> None:
    known = [each for each in vars(commands).values() if isinstance(each, commands.Command)]
    assert len(known) == 7
    assert b"\x30\x10" not in {each.code for each in known}


def test_an_answer_without_a_status_is_garbled() -> None:
    with pytest.raises(DeviceError) as refused:
        parse_answer(b"\x00\x00")
    assert refused.value.reason is FaultReason.GARBLED


def test_success_of_another_command_is_no_success() -> None:
    with pytest.raises(DeviceError):
        expect(READ, Answer(0x9F))


def test_the_newest_address_is_35_characters() -> None:
    assert newest_address("示范县新区1号".ljust(35).encode("utf-16-le")) == "示范县新区1号"
    with pytest.raises(DeviceError):
        newest_address(b"")

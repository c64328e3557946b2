"""The text block of a card and the card it means."""

import hashlib
import logging
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ethnicity import ETHNICITIES
from app.domain.id_card import CardType, IdCard, Sex
from app.ports.device_fault import Advice, FaultReason
from devices.errors import DeviceError
from devices.sam import card as card_text
from devices.sam.commands import parse_answer, text_block
from devices.sam.demo_cards import demo_card, people
from devices.sam.fields import from_fields, to_fields
from devices.sam.frames import FrameParser, encode


def test_the_golden_card_has_the_published_digests(golden_card: IdCard) -> None:
    block = card_text.encode(golden_card)
    frame = encode(b"\x00\x00\x90\x01\x00\x04\x00" + block + bytes(1024))
    assert len(frame) == 1295
    assert frame[-1] == 0x3C
    assert hashlib.sha256(block).hexdigest().startswith("c01a9ff7292921cf")
    assert hashlib.sha256(frame).hexdigest().startswith("00e3fb009ab0d930")


def test_the_golden_frame_is_read_back(golden_card: IdCard) -> None:
    frame = encode(b"\x00\x00\x90\x01\x00\x04\x00" + card_text.encode(golden_card) + bytes(1024))
    [event] = FrameParser().feed(frame)
    assert card_text.decode(text_block(parse_answer(event.payload).data)) == golden_card


def test_the_golden_card_as_fields(golden_card: IdCard) -> None:
    assert to_fields(golden_card) == {
        "type": "resident",
        "name": "李䶮",
        "sex": "男",
        "sex_code": "1",
        "ethnicity": "汉",
        "ethnicity_code": "01",
        "birth_date": "1949-12-31",
        "address": "北京市朝阳区示例路1号",
        "number": "11010519491231002X",
        "issuer": "北京市公安局朝阳分局",
        "valid_from": "2020-01-01",
        "valid_to": None,
        "private_use": False,
    }


def test_there_is_a_demo_card_of_every_type() -> None:
    assert people() == ["I1", "J1", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "Y1"]
    assert {demo_card(person).type for person in people()} == set(CardType)


@pytest.mark.parametrize("person", people())
def test_every_demo_card_survives_the_chip_and_the_json_line(person: str) -> None:
    card = demo_card(person)
    assert card_text.decode(card_text.encode(card)) == card
    assert from_fields(to_fields(card)) == card


def test_a_residence_permit_has_pass_number_and_issue_count_at_their_places() -> None:
    block = card_text.encode(demo_card("J1"))
    assert block[220:238].decode("utf-16-le") == "H00000001"
    assert block[238:242].decode("utf-16-le") == "01"
    assert block[248:250] == b"J\0"
    assert (to_fields(demo_card("J1"))["pass_number"], to_fields(demo_card("J1"))["issue_count"]) == ("H00000001", 1)


def test_a_foreigner_without_a_chinese_name_goes_by_the_english_one() -> None:
    card = card_text.decode(card_text.encode(demo_card("I1")))
    assert card.name == card.english_name == "DOE, JANE EXAMPLE"
    assert (card.nationality, card.number) == ("CAN", "CAN990081080310")


def test_an_english_name_of_2023_is_put_together_from_its_two_places() -> None:
    block = card_text.encode(demo_card("Y1"))
    assert block[52:122].decode("utf-16-le") == "DOE-FEATHERSTONEHAUGH, JOHN ALEXAND"
    assert block[220:242].decode("utf-16-le").rstrip() == "ER EX"


def test_a_blank_at_the_seam_of_the_english_name_is_kept() -> None:
    card = replace(demo_card("Y1"), english_name="X" * 34 + " JOHN")
    assert card_text.decode(card_text.encode(card)).english_name == "X" * 34 + " JOHN"


@pytest.mark.parametrize("name", ["䶮㛃𬱖", "𠅤𫖯𬭚", "㻬𬴂䢺", "𡐓𰻞"])
def test_rare_names_survive_also_beyond_the_basic_plane(golden_card: IdCard, name: str) -> None:
    card = replace(golden_card, name=name)
    assert card_text.decode(card_text.encode(card)) == card


def test_a_private_use_character_is_kept_flagged_and_logged_without_the_name(
    golden_card: IdCard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    card = card_text.decode(card_text.encode(replace(golden_card, name="李\ue863")))
    assert card.name == "李\ue863"
    assert card.has_private_use_characters
    assert [record.getMessage() for record in caplog.records] == ["private_use_character type=resident"]


def test_trailing_nuls_and_blanks_go_and_inner_blanks_stay(golden_card: IdCard) -> None:
    block = bytearray(card_text.encode(replace(golden_card, name="AB CD")))
    block[10:30] = bytes(20)
    assert card_text.decode(bytes(block)).name == "AB CD"


@pytest.mark.parametrize(
    ("at", "data"),
    [
        (30, "7"),
        (36, "20230230"),
        (36, "        "),
        (36, "１９４９１２３１"),
        (188, "2020 1 1"),
        (204, "永久"),
        (0, "李\n"),
    ],
)
def test_fields_that_make_no_sense_are_refused_without_telling_them(golden_card: IdCard, at: int, data: str) -> None:
    block = bytearray(card_text.encode(golden_card))
    block[at : at + 2 * len(data)] = data.encode("utf-16-le")
    with pytest.raises(DeviceError) as refused:
        card_text.decode(bytes(block))
    assert (refused.value.reason, refused.value.advice) == (FaultReason.CARD_DATA, Advice.TYPE_BY_HAND)
    assert data.strip() not in refused.value.detail or not data.strip()


def test_half_a_surrogate_pair_is_refused(golden_card: IdCard) -> None:
    block = b"\x00\xd8" + card_text.encode(golden_card)[2:]
    with pytest.raises(DeviceError) as refused:
        card_text.decode(block)
    assert refused.value.reason is FaultReason.CARD_DATA


def test_a_type_nobody_knows_is_refused_as_such(golden_card: IdCard) -> None:
    block = bytearray(card_text.encode(golden_card))
    block[248:250] = b"Q\0"
    with pytest.raises(DeviceError) as refused:
        card_text.decode(bytes(block))
    assert refused.value.reason is FaultReason.CARD_TYPE


def test_a_card_never_shows_its_holder_in_a_repr(golden_card: IdCard) -> None:
    assert "李" not in repr(golden_card)
    assert "1949" not in repr(golden_card)


def test_a_text_too_long_for_its_field_is_not_written(golden_card: IdCard) -> None:
    with pytest.raises(ValueError, match="name is longer than 15"):
        card_text.encode(replace(golden_card, name="长" * 16))


def test_there_are_58_ethnic_codes_and_the_rare_ones_are_right() -> None:
    assert len(ETHNICITIES) == 58
    names = {code: ETHNICITIES[code] for code in ("01", "05", "29", "43", "56", "97", "98")}
    assert names == {
        "01": "汉",
        "05": "维吾尔",
        "29": "柯尔克孜",
        "43": "乌孜别克",
        "56": "基诺",
        "97": "其他",
        "98": "外国血统中国籍人士",
    }


@given(st.binary(min_size=256, max_size=256))
def test_any_256_bytes_are_a_card_or_a_clear_refusal(block: bytes) -> None:
    card = reason = None
    try:
        card = card_text.decode(block)
    except DeviceError as refused:
        reason = refused.reason
    assert card or reason in (FaultReason.CARD_DATA, FaultReason.CARD_TYPE)


def chip_text(size: int) -> st.SearchStrategy[str]:
    characters = st.characters(min_codepoint=0x21, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc"))
    return st.text(characters, max_size=size // 2)


@given(
    st.sampled_from([CardType.RESIDENT, CardType.HMT]),
    chip_text(15),
    chip_text(35),
    st.sampled_from(Sex),
    st.tuples(st.dates(), st.none() | st.dates()),
)
def test_any_card_survives_the_chip(
    card_type: CardType, name: str, address: str, sex: Sex, days: tuple[date, date | None]
) -> None:
    card = IdCard(
        type=card_type,
        name=name,
        address=address,
        sex=sex,
        birth_date=days[0],
        number="1",
        valid_from=days[0],
        valid_to=days[1],
    )
    assert card_text.decode(card_text.encode(card)) == card


@pytest.mark.parametrize("broken", [{}, {"sex": "男"}, {"type": "passport"}, {"birth_date": "yesterday"}])
def test_card_fields_that_make_no_sense_are_refused(golden_card: IdCard, broken: dict[str, str]) -> None:
    fields = {**to_fields(golden_card), **broken} if len(broken) == 1 and "sex" not in broken else broken
    with pytest.raises(ValueError, match=r".+"):
        from_fields(fields)


def test_validity_may_be_given_in_words(golden_card: IdCard) -> None:
    assert from_fields({**to_fields(golden_card), "valid_to": "长期"}).valid_to is None
    assert from_fields({**to_fields(golden_card), "valid_to": "2030-01-01"}).valid_to == date(2030, 1, 1)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import mask_address, mask_identity_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈某某", "陈**"),
        ("李某", "李*"),
        ("䶮某", "䶮*"),
        ("𠅤某𠅤", "𠅤**"),
        ("欧阳某某", "欧阳**"),
        ("司马某", "司马*"),
        ("司马", "**"),
        ("陈", "*"),
        ("", ""),
        ("阿卜杜拉·某某", "阿***·**"),
        ("JOHN SMITH", "J*** *****"),
        ("陈陈陈", "陈**"),
    ],
)
def test_of_a_name_only_the_family_is_shown(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("990101199003070015", "990***********0015"),
        ("99010119470217008X", "990***********008X"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_of_an_identity_number_three_and_four_are_shown(number: str, masked: str) -> None:
    assert mask_identity_number(number) == masked


def test_of_a_phone_number_three_and_four_are_shown() -> None:
    assert mask_phone("15400000001") == "154****0001"
    assert mask_phone("8000012") == "*******"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("示范省示范市示范县东街道幸福路15号3单元201室", "示范省示范市示范县东街道***"),
        ("示范市示范区建设路15号幸福小区2栋", "示范市示范区建设路***"),
        ("示范市建设路幸福小区2栋", "示范市建设路***"),
        ("台州市路桥区路南街道1号", "台州市路桥区路南街道***"),
        ("广西壮族自治区示范市示范县城关镇3组", "广西壮族自治区示范市示范县城关镇***"),
        ("示范县幸福小区3号", "示范县***"),
        ("示范市示范区建设路", "示范市示范区建设路"),
        ("幸福小区3号楼", "***"),
        ("", ""),
    ],
)
def test_an_address_ends_with_the_street(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(max_size=60))
def test_a_mask_keeps_the_length_of_names_and_numbers(text: str) -> None:
    assert len(mask_name(text)) == len(text)
    assert len(mask_identity_number(text)) == len(text)


@given(st.text("示范省市区县街路镇0123456789号", max_size=60))
def test_no_house_number_is_left(address: str) -> None:
    masked = mask_address(address)
    assert not any(sign.isdigit() for sign in masked)

"""The ordered rules of what a scanned text means; every text that is not ours is refused with a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity_number import check_character
from app.domain.scan import (
    CaseCode,
    CreditCode,
    EitherCode,
    IdentityCode,
    NotTaken,
    Scan,
    ScanFault,
    TicketCode,
    TokenCode,
    read_scan,
)
from app.domain.serials import CaseNumber
from app.domain.uscc import is_valid

TODAY = date(2026, 11, 23)
CASE = "9901-0003-20261123-0017-4"
LICENCE = "91110000600037341L"


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        (f"ZW1:{CASE}", CaseCode(CASE)),
        (f" zw1:{CASE} ", CaseCode(CASE)),
        (CASE, CaseCode(CASE)),
        ("ZW1N:9901-20261123-A023", TicketCode("A023", "9901", TODAY)),
        ("A023", TicketCode("A023")),
        ("b1023", TicketCode("B1023")),
        ("11010519491231002X", IdentityCode("11010519491231002X")),
        ("11010519491231002x", IdentityCode("11010519491231002X")),
        (LICENCE, CreditCode(LICENCE)),
        (f"https://www.example.cn/q?uniscid={LICENCE}&t=1", CreditCode(LICENCE)),
    ],
)
def test_what_the_counter_takes(text: str, scan: Scan) -> None:
    assert read_scan(text, TODAY) == scan


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ZW1:9901-0003-20261123-0017-5", ScanFault.DAMAGED),
        ("ZW1:9901-0003-20261123-001", ScanFault.DAMAGED),
        ("ZW1:", ScanFault.DAMAGED),
        ("ZW1N:9901-20261323-A023", ScanFault.DAMAGED),
        ("ZW1N:9901-20261123-I023", ScanFault.DAMAGED),
        (f"ZW2:{CASE}", ScanFault.NEWER),
        (f"ZW1Q:{CASE}", ScanFault.NEWER),
        ("ZW1R:7QK2M9X4TBVH5C8RNDWE", ScanFault.RATING),
        (f"ZW1P:{CASE}", ScanFault.ELSEWHERE),
        ("ZW1T:1-2", ScanFault.ELSEWHERE),
        ("ZW1X:9", ScanFault.ELSEWHERE),
        ("https://evil.example/q/9901", ScanFault.LINK),
        ("WEIXIN://pay/abc", ScanFault.LINK),
        (f"https://example.cn/{LICENCE}/91350100M000100Y43", ScanFault.LINK),
        ("110105194912310021", ScanFault.UNKNOWN),
        ("110105203012310025", ScanFault.UNKNOWN),
        ("6901234567892", ScanFault.UNKNOWN),
        ("陈某某", ScanFault.UNKNOWN),
        ("A023 ' OR 1=1 --", ScanFault.UNKNOWN),
        ("", ScanFault.UNKNOWN),
    ],
)
def test_what_is_refused_and_why(text: str, fault: ScanFault) -> None:
    assert read_scan(text, TODAY) == NotTaken(fault)


@given(
    st.from_regex(r"[0-9]{4}", fullmatch=True),
    st.dates(date(2026, 1, 1), date(2099, 12, 31)),
    st.integers(1, 9999),
    st.integers(0, 24),
    st.sampled_from("0123456789"),
)
def test_a_mistaken_digit_of_a_case_number_is_never_another_case(
    centre: str, day: date, sequence: int, at: int, digit: str
) -> None:
    number = str(CaseNumber(centre, "0003", day, sequence))
    assert read_scan(f"ZW1:{number}", TODAY) == CaseCode(number)
    wrong = number[:at] + digit + number[at + 1 :]
    assert read_scan(f"ZW1:{wrong}", TODAY) in (CaseCode(number), NotTaken(ScanFault.DAMAGED))


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused(text: str) -> None:
    assert isinstance(read_scan(text, TODAY), CaseCode | TicketCode | IdentityCode | CreditCode | EitherCode | NotTaken)


@given(st.from_regex(r"[A-HJ-NPR-Z][0-9]{3,4}", fullmatch=True), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_code_of_a_ticket_says_number_hall_and_day(number: str, day: date) -> None:
    code = TicketCode(number, "9901", day)
    assert read_scan(code.text, TODAY) == code


def test_a_ticket_without_hall_or_day_has_no_code() -> None:
    with pytest.raises(ValueError, match="hall"):
        _ = TicketCode("A023").text


def sound_as_both() -> str:
    """The first person of the first region whose number passes the other check too."""
    bodies = (f"{region}19900307{order:03}" for region in range(110101, 110109) for order in range(1, 40))
    numbers = (body + check_character(body) for body in bodies)
    return next(each for each in numbers if is_valid(each))


def test_a_number_that_is_sound_both_ways_is_told_as_either() -> None:
    assert read_scan(sound_as_both(), TODAY) == EitherCode(sound_as_both())


def phone(text: str) -> bool:
    return text.startswith(("eid_", "https://eid.example/"))


def card(text: str) -> bool:
    return len(text) == 40


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("eid_AbCd", TokenCode("eid_AbCd", 0)),
        (" eid_AbCd ", TokenCode("eid_AbCd", 0)),
        ("https://eid.example/q?t=aB", TokenCode("https://eid.example/q?t=aB", 0)),
        ("q" * 40, TokenCode("q" * 40, 1)),
        (f"https://eid.example/{LICENCE}", CreditCode(LICENCE)),
        ("https://other.example/q", NotTaken(ScanFault.LINK)),
        ("EID_AbCd", NotTaken(ScanFault.UNKNOWN)),
        ("A023", TicketCode("A023")),
        ("ZW1:", NotTaken(ScanFault.DAMAGED)),
    ],
)
def test_a_sites_tokens_come_after_every_rule_and_before_every_refusal(text: str, scan: Scan) -> None:
    assert read_scan(text, TODAY, [phone, card]) == scan


def test_the_same_code_twice_in_an_address_is_one_code() -> None:
    assert read_scan(f"https://example.cn/{LICENCE}?c={LICENCE}", TODAY) == CreditCode(LICENCE)


def test_no_log_can_hold_a_token() -> None:
    assert "eid" not in repr(read_scan("eid_AbCd", TODAY, [phone]))


def test_no_log_can_hold_a_scanned_identity_number() -> None:
    assert sound_as_both() not in repr(read_scan(sound_as_both(), TODAY))
    assert "1101" not in repr(read_scan("11010519491231002X", TODAY))

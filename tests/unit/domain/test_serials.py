from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.check_digit import check_digit
from app.domain.serials import CaseNumber, DocumentNumber, InvalidSerialError, SerialFault

codes = st.from_regex(r"[0-9]{4}", fullmatch=True).filter(str.isascii)


def number_with(body: str) -> str:
    return body + check_digit(body.replace("-", ""))


def test_a_case_number_is_printed_with_its_check_digit() -> None:
    assert str(CaseNumber("9901", "0003", date(2026, 11, 23), 17)) == "9901-0003-20261123-0017-4"


@given(codes, codes, st.dates(), st.integers(1, 9999))
def test_a_printed_case_number_reads_back(centre: str, counter: str, day: date, sequence: int) -> None:
    number = CaseNumber(centre, counter, day, sequence)
    assert CaseNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9901-0003-20261123-0017-5", SerialFault.CHECK_DIGIT),
        ("9901-0003-20261123-0071-4", SerialFault.CHECK_DIGIT),
        (number_with("9901-0003-20261131-0017-"), SerialFault.DATE),
        (number_with("9901-0003-20261123-0000-"), SerialFault.SEQUENCE),
        ("990100032026112300174", SerialFault.SHAPE),
        ("9901-0003-20261123-0017-4\n", SerialFault.SHAPE),
        ("９９０１-0003-20261123-0017-4", SerialFault.SHAPE),
        ("", SerialFault.SHAPE),
    ],
)
def test_a_case_number_that_cannot_exist_is_refused(text: str, reason: SerialFault) -> None:
    with pytest.raises(InvalidSerialError) as refused:
        CaseNumber.parse(text)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("centre", "counter", "sequence", "reason"),
    [
        ("99", "0003", 1, SerialFault.SHAPE),
        ("9901", "3", 1, SerialFault.SHAPE),
        ("9901", "0003", 0, SerialFault.SEQUENCE),
        ("9901", "0003", 10_000, SerialFault.SEQUENCE),
    ],
)
def test_a_case_number_is_not_made_from_parts_that_do_not_fit(
    centre: str, counter: str, sequence: int, reason: SerialFault
) -> None:
    with pytest.raises(InvalidSerialError) as refused:
        CaseNumber(centre, counter, date(2026, 11, 23), sequence)
    assert refused.value.reason is reason


def test_a_document_number_is_printed_as_organs_write_it() -> None:
    assert str(DocumentNumber("示食许受", 2026, "0003", 117)) == "示食许受〔2026〕0003-0117号"


@pytest.mark.parametrize(
    ("prefix", "year", "counter", "sequence"),
    [
        ("", 2026, "0003", 1),
        ("示〔食", 2026, "0003", 1),
        ("示食 受", 2026, "0003", 1),
        ("示食许受", 26, "0003", 1),
        ("示食许受", 2026, "A03", 1),
        ("示食许受", 2026, "0003", 0),
        ("示食许受", 2026, "0003", 10_000),
    ],
)
def test_a_document_number_is_not_made_from_parts_that_do_not_fit(
    prefix: str, year: int, counter: str, sequence: int
) -> None:
    with pytest.raises(InvalidSerialError):
        DocumentNumber(prefix, year, counter, sequence)

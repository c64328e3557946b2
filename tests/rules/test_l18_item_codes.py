"""L18 事项/办件编码: 31 characters of which the first 18 check; the short number people read has a check digit."""

from typing import Any

import pytest
from published_hall import item

from app.domain.serials import CaseNumber, InvalidSerialError

GOOD = "11990101MB0DEM102P4990131001000"
REFUSED = {
    GOOD[:-1]: "实施编码“11990101MB0DEM102P499013100100”应为31位（18位信用代码+1位行使层级+12位基本编码），现在30位。",
    GOOD + "0": "现在32位。",
    "11990101MB0DEM102Q4990131001000": "前18位的校验码不对，请照信用代码逐位核对。",
    "11990101MB0DEM103T4990131001000": "前18位不是本事项部门的信用代码。",
    GOOD[:19] + "99013100100A": "的写法不对。",
}


@pytest.mark.parametrize("code", REFUSED)
def test_l18_an_import_validates_length_and_check_digit(catalogue_hall: Any, code: str) -> None:
    """L18: import of a 31-char code validates length and the 18-char check digit."""
    answer = catalogue_hall.submit_changed(lambda document: item(document, "ITM-01").update(code31=code), status=422)
    (problem,) = answer.json()["problems"]
    assert problem["path"] == "items/0/code31"
    assert REFUSED[code] in problem["message"]


def test_l18_the_short_number_has_a_check_digit() -> None:
    """L18: short number has check digit: a slip of one digit is noticed."""
    number = "9901-0003-20261123-0017-4"
    assert str(CaseNumber.parse(number)) == number
    for place, digit in enumerate(number):
        if digit.isdecimal():
            other = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
            with pytest.raises(InvalidSerialError):
                CaseNumber.parse(other)

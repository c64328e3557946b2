"""Enrolling a computer: who may make the code, what the code is worth, and how often."""

import logging
from typing import Any

import pytest

from app.domain.rights import RIGHTS, Act, Role
from sync.protocol.enrolment_messages import CodeIssued, DeviceEnrolled, IssueCode, TakeCode
from sync.protocol.interface import Refused
from sync.protocol.messages import RegisterCounter
from sync.server.service.attempts import Attempts
from sync.server.service.caller import Caller
from sync.server.service.issue_code import CODE_MS, issue_code
from sync.server.service.take_code import PER_ADDRESS, SKEW_MS, take_code
from sync.server.service.take_enrolment import offered, take_enrolment
from sync.server.storage.page_tables import page_enrolment
from sync.server.storage.tables import device

KEY = "ab" * 32
OPERATOR = Caller("9901", frozenset({Role.SYSTEM_OPERATOR}), clerk="0905")


class Front:
    """The operator's desk and any computer of the hall."""

    def __init__(self, hall: Any) -> None:
        self.hall, self.context = hall, hall.service.context
        self.attempts = Attempts(hall.service.context)

    def issue(self, **more: Any) -> CodeIssued:
        return issue_code(self.context, OPERATOR, "9901", IssueCode(**(more or {"window": "A03"})))

    def take(self, code: str, *, key: str = "k1", public_key: str = KEY, off_ms: int = 0) -> DeviceEnrolled:
        request = TakeCode(code=code, public_key=public_key, now_ms=self.hall.clock.now + off_ms)
        return take_code(self.context, self.attempts, request, key, "10.0.0.7")


@pytest.fixture
def front(hall: Any) -> Front:
    return Front(hall)


def test_a_code_makes_a_computer_the_counter_of_its_window(front: Front) -> None:
    issued = front.issue()
    assert (issued.device, issued.window, issued.replaces) == ("A03", "A03", True)
    enrolled = front.take(issued.code.lower())
    assert (enrolled.hall, enrolled.device, enrolled.role, enrolled.window) == ("9901", "A03", "counter", "A03")
    caller = front.hall.service.authenticate(enrolled.token)
    assert (caller.device, caller.window, caller.roles) == ("A03", "A03", frozenset({Role.COUNTER}))
    with pytest.raises(Refused, match="unauthorised"):
        front.hall.service.authenticate("token-A03")


def test_a_counter_that_enrolled_registers_with_its_own_key_alone(front: Front) -> None:
    enrolled = front.take(front.issue().code)
    server = front.hall.service.as_caller(front.hall.service.authenticate(enrolled.token))
    with pytest.raises(Refused, match="unknown_device"):
        server.register(RegisterCounter(incarnation="store-9", public_key="cd" * 32))
    assert server.register(RegisterCounter(incarnation="store-9", public_key=KEY)).window == "A03"


def test_the_managers_desk_enrols_in_the_same_way(front: Front) -> None:
    enrolled = front.take(front.issue(role="floor_manager", device="desk-2").code)
    assert (enrolled.device, enrolled.role, enrolled.window) == ("desk-2", "floor_manager", None)
    assert front.hall.service.authenticate(enrolled.token).roles == {Role.FLOOR_MANAGER}


def test_the_guide_desk_enrols_with_no_more_than_a_guides_rights(front: Front) -> None:
    enrolled = front.take(front.issue(role="guide").code)
    assert (enrolled.device, enrolled.role, enrolled.window) == ("guide", "guide", None)
    assert front.hall.service.authenticate(enrolled.token).roles == {Role.GUIDE}


def test_a_code_is_used_once_but_a_lost_answer_is_given_again(front: Front) -> None:
    code = front.issue().code
    first = front.take(code)
    assert front.take(code) == first
    with pytest.raises(Refused, match="code_used"):
        front.take(code, key="k2")
    with pytest.raises(Refused, match="key_reused"):
        front.take(code, public_key="cd" * 32)


def test_a_code_ends_after_half_an_hour_and_when_a_newer_one_is_made(front: Front) -> None:
    old, code = front.issue().code, front.issue().code
    with pytest.raises(Refused, match="code_wrong"):
        front.take(old)
    front.hall.clock.now += CODE_MS
    with pytest.raises(Refused, match="code_expired"):
        front.take(code)


def test_wrong_codes_are_counted_per_address_and_right_ones_are_not(front: Front) -> None:
    for _ in range(2):
        front.take(front.issue().code, key=f"k{_}")
    for _ in range(PER_ADDRESS):
        with pytest.raises(Refused, match="code_wrong"):
            front.take("0000-0000-0000")
    with pytest.raises(Refused, match="rate_limited"):
        front.take(front.issue().code)


@pytest.mark.parametrize("off_ms", [SKEW_MS + 1, -SKEW_MS - 1])
def test_a_clock_that_is_off_is_told_and_the_code_stays(front: Front, off_ms: int) -> None:
    code = front.issue().code
    with pytest.raises(Refused, match="clock_skew"):
        front.take(code, off_ms=off_ms)
    assert front.take(code, off_ms=off_ms // 2).device == "A03"


def test_only_administrator_and_operator_make_codes(front: Front) -> None:
    for role in Role:
        matches_the_table(front, role)


def matches_the_table(front: Front, role: Role) -> None:
    caller = Caller("9901", frozenset({role}), clerk="0999")
    assert (role in RIGHTS[Act.ENROL_DEVICE]) == (role in (Role.ADMINISTRATOR, Role.SYSTEM_OPERATOR))
    if role not in RIGHTS[Act.ENROL_DEVICE]:
        with pytest.raises(Refused, match="forbidden"):
            issue_code(front.context, caller, "9901", IssueCode(window="A03"))
    with pytest.raises(Refused):
        issue_code(front.context, caller, "9902", IssueCode(window="A03"))


def test_a_device_that_cannot_be_is_refused(front: Front) -> None:
    for request, code in (
        ({"window": "A99"}, "unknown_window"),
        ({"window": "a3"}, "malformed"),
        ({}, "malformed"),
        ({"role": "kiosk"}, "malformed"),
        ({"role": "floor_manager", "window": "A01"}, "malformed"),
        ({"role": "floor_manager", "device": "A01"}, "forbidden"),
        ({"role": "floor_manager", "device": "x y"}, "malformed"),
    ):
        with pytest.raises(Refused, match=code):
            issue_code(front.context, OPERATOR, "9901", IssueCode(**request))


def test_codes_and_links_of_pages_do_not_open_each_others_doors(front: Front) -> None:
    code = front.issue().code.replace("-", "")
    assert offered(front.context, code) is None
    assert take_enrolment(front.context, code) is None
    assert front.take(code).device == "A03"


def test_neither_code_nor_token_is_stored_or_logged(front: Front, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    issued = front.issue()
    enrolled = front.take(issued.code)
    plain = issued.code.replace("-", "")
    with front.context.storage.engine.connect() as connection:
        rows = repr([*connection.execute(page_enrolment.select()), *connection.execute(device.select())])
    for secret in (plain, issued.code, enrolled.token):
        assert secret not in rows
        assert secret not in caplog.text
    assert "enrolment.code_issued" in caplog.text
    assert "enrolment.taken" in caplog.text

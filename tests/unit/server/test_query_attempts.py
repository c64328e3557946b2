"""Who guesses a case's query code is shut out; the citizen at another address is not."""

from typing import Any

import pytest

from sync.protocol.interface import Refused
from sync.server.service.attempts import PER_CASE, SLOW_AFTER, SLOW_MS, WINDOW_MS, Attempts
from sync.server.service.case_progress import case_progress

RIGHT, WRONG = "123456", "999999"


class Visitors:
    """A case at the server, and who looks at its page."""

    def __init__(self, hall: Any) -> None:
        counter = hall.counter("A01")
        counter.push(counter.accepted())
        self.hall, self.attempts = hall, Attempts(hall.service.context)
        self.case_no = counter.case_payload()["case_no"]

    def look(self, address: str, code: str) -> str:
        try:
            case_progress(self.hall.service.context, self.attempts, self.case_no, code, address)
        except Refused as refused:
            return refused.code
        return "shown"

    def guess(self, *addresses: str) -> list[str]:
        return [self.look(each, WRONG) for each in addresses]


@pytest.fixture
def visitors(hall: Any) -> Visitors:
    return Visitors(hall)


def test_ten_wrong_codes_shut_out_their_address_for_an_hour_and_nobody_else(visitors: Visitors) -> None:
    assert visitors.guess(*["guesser"] * PER_CASE) == ["wrong_query_code"] * PER_CASE
    visitors.hall.clock.now += SLOW_MS
    assert visitors.look("guesser", RIGHT) == "rate_limited"
    assert visitors.look("citizen", RIGHT) == "shown"
    visitors.hall.clock.now += WINDOW_MS
    assert visitors.look("guesser", RIGHT) == "shown"


def test_a_case_that_many_addresses_guess_at_answers_one_in_half_a_minute(visitors: Visitors) -> None:
    assert visitors.guess(*map(str, range(SLOW_AFTER))) == ["wrong_query_code"] * SLOW_AFTER
    assert visitors.guess("a", "b") == ["rate_limited"] * 2
    visitors.hall.clock.now += SLOW_MS
    assert visitors.guess("a", "b") == ["wrong_query_code", "rate_limited"]
    visitors.hall.clock.now += SLOW_MS
    assert visitors.look("citizen", RIGHT) == "shown"
    assert visitors.look("citizen", RIGHT) == "shown", "a right code costs nothing"


def test_another_case_does_not_answer_slowly(visitors: Visitors) -> None:
    visitors.guess(*map(str, range(SLOW_AFTER)))
    visitors.case_no = "no such case"
    assert visitors.guess("a") == ["wrong_query_code"]

"""One rule for words at both ends: an unknown code is said with what to do, a missing value stands as it is written."""

import pytest

from app.domain.sentences import gather, say, sentence
from app.storage import messages as ours
from sync.server import messages as servers


def test_a_place_that_nothing_fills_stays_as_it_is_written() -> None:
    assert say({"late": "{who}，{number} 号晚了"}, "late", {"number": 3, "more": "x"}) == "{who}，3 号晚了"


def test_a_code_that_no_table_explains_is_said_all_the_same() -> None:
    assert say({"unexplained": "没有说明：{code}"}, "new", {"line": 3}) == "没有说明：new"
    assert say({}, "new", {}) == "new"


@pytest.mark.parametrize("code", ["new", "late"])
def test_who_must_have_a_sentence_is_told_that_it_is_missing(code: str) -> None:
    with pytest.raises(KeyError):
        sentence({"late": "{who}晚了"}, code, {})


def test_two_sentences_for_one_code_are_an_error() -> None:
    first, second = ("a.toml", {"error": {"busy": "忙"}}), ("b.toml", {"refusal": {"busy": "稍候"}})
    assert gather([first]) == {"busy": "忙"}
    with pytest.raises(ValueError, match=r"busy in b\.toml"):
        gather([first, second])


@pytest.mark.parametrize("code", ["rate_limited", "unauthorised", "no_such_code"])
def test_counter_and_server_say_the_same(code: str) -> None:
    assert ours.text(code) == servers.text(code)
    assert "{" not in ours.text(code)

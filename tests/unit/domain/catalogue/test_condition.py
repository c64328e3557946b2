"""The language of ``when:``."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.catalogue.condition import MAX_TESTS, ConditionError, parse


@pytest.mark.parametrize(
    ("text", "answers", "holds"),
    [
        ("agent == 委托", {"agent": "委托"}, True),
        ("agent == 委托", {"agent": "本人"}, False),
        ("proxy != 本人", {"proxy": "代办"}, True),
        ("proxy != 本人", {"proxy": "本人"}, False),
        ("kind in [智力, 精神] or minor == 是", {"kind": "精神", "minor": "否"}, True),
        ("kind in [智力, 精神] or minor == 是", {"kind": "视力", "minor": "是"}, True),
        ("kind in [智力, 精神] or minor == 是", {"kind": "视力", "minor": "否"}, False),
        ("a == 1 or b == 1 and c == 1", {"a": "1", "b": "0", "c": "0"}, True),
        ("a == 1 and b == 1 or c == 1", {"a": "1", "b": "0", "c": "0"}, False),
        ("x == 夫妻一方", {"x": "夫妻一方"}, True),
    ],
)
def test_a_condition_means_what_it_says(text: str, answers: dict[str, str], *, holds: bool) -> None:
    assert parse(text).holds(answers) is holds


@pytest.mark.parametrize("text", ["agent == 委托", "agent != 委托", "agent in [委托, 本人]"])
def test_a_question_not_answered_decides_nothing(text: str) -> None:
    assert not parse(text).holds({})


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "agent", "agent ==", "== 委托", "agent = 委托", "agent == a == b", "agent in 委托", "agent in []",
        "agent in [委托", "agent == 委托 and", "or agent == 委托", "Agent == 委托", "agent == [委托]",
        "__import__('os').system('true')", "a == 1 or " * 60 + "a == 1", " and ".join(["a == 1"] * (MAX_TESTS + 1)),
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


@settings(deadline=None)
@given(st.text(alphabet="ab委托 =!in[],，andor\n\x00", max_size=400))
def test_no_text_crashes_the_parser(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition.keys()
    assert condition.holds({}) is False

"""服务忌语: what a clerk's words to a citizen must not hold (slips.md section 4, domain rule I23)."""

from collections.abc import Mapping

_FORBIDDEN: Mapping[str, str] = {
    "不知道": "say_will_ask",
    "我不管": "say_who_does",
    "问别人去": "say_who_does",
    "还没上班": "say_when_open",
    "快点": "say_no_hurry",
    "我刚才已经说过": "say_once_more",
    "你怎么还问": "say_once_more",
    "你这人真笨": "say_with_sample",
    "你能把我怎么样": "say_sorry",
    "你去投诉": "say_where_to_complain",
}
"""Phrase → the code of what to say instead."""


def unkind(text: str) -> str | None:
    """Return the code of what to say instead of the first forbidden phrase in a text; None where there is none.

    Spaces, punctuation and other signs between the characters do not hide a phrase.
    """
    bare = "".join(each for each in text if each.isalnum())
    found = [(bare.find(phrase), code) for phrase, code in _FORBIDDEN.items() if phrase in bare]
    return min(found)[1] if found else None

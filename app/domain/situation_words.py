"""An answer to a situation's question, so that it can be read without the question, on the screen and on paper."""

from app.domain.catalogue.item import Situation

_BARE = ("是", "否")


def answer_words(situation: Situation, option: str) -> str:
    """Return for example ``利用自动设备经营：否``; an option that says itself what it means stays as published."""
    return f"{situation.ask.removeprefix('是否')}：{option}" if option in _BARE else option

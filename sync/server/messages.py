"""The product's sentences as the server tells them, with a refusal or on a page."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from app.domain.sentences import gather, say


def text(code: str, /, **values: object) -> str:
    """Return the sentence for a code (``app.domain.sentences.say``)."""
    return say(_sentences(), code, values)


@cache
def _sentences() -> Mapping[str, str]:
    folder = resources.files("resources") / "messages"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return gather((each.name, tomllib.loads(each.read_text("utf-8"))) for each in files)

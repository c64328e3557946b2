"""The product's sentences as this program's files hold them."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import resources
from app.domain import sentences

FOLDER = Path(resources.__path__[0]) / "messages"


def text(code: str, /, **values: object) -> str:
    """Return what a person is told (``app.domain.sentences.say``)."""
    return sentences.say(_catalogue(), code, values)


def sentence(code: str, /, **values: object) -> str:
    """Return the sentence for a code that must have one (``app.domain.sentences.sentence``).

    Raises:
        KeyError: no file explains the code, or a value is missing.
    """
    return sentences.sentence(_catalogue(), code, values)


@cache
def _catalogue() -> Mapping[str, str]:
    return merge(sorted(FOLDER.glob("*.toml")))


def merge(files: Iterable[Path]) -> dict[str, str]:
    """Gather the sentences of all files.

    Raises:
        ValueError: two sentences for one code.
    """
    return sentences.gather((file.name, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)

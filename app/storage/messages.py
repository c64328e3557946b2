"""What a code says in Chinese: the core speaks in codes, people read sentences."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import resources

FOLDER = Path(resources.__path__[0]) / "messages"


def text(code: str, /, **values: object) -> str:
    """Return the sentence for a code, with ``{name}`` filled from ``values``.

    Raises:
        KeyError: no file explains the code, or a value is missing.
    """
    return _catalogue()[code].format(**values)


@cache
def _catalogue() -> Mapping[str, str]:
    return merge(sorted(FOLDER.glob("*.toml")))


def merge(files: Iterable[Path]) -> dict[str, str]:
    """Gather the tables of all files into one; the names of the tables only keep the files in order.

    Raises:
        ValueError: two sentences for one code.
    """
    sentences: dict[str, str] = {}
    for file in files:
        for table in tomllib.loads(file.read_text(encoding="utf-8")).values():
            if twice := sentences.keys() & table.keys():
                raise ValueError(f"explained twice: {', '.join(sorted(twice))} in {file.name}")
            sentences |= table
    return sentences

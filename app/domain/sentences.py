"""What a code says in Chinese: the core speaks in codes, people read sentences, at both ends of the wire the same."""

from collections.abc import Iterable, Mapping

UNEXPLAINED = "unexplained"
"""The sentence for a code that no table explains, such as a newer server's; ``{code}`` in it is that code."""

Tables = Mapping[str, Mapping[str, str]]
"""One file of messages; the names of its tables only keep it in order."""


def gather(files: Iterable[tuple[str, Tables]]) -> dict[str, str]:
    """Return the sentences of all files, each given with its name, by code.

    Raises:
        ValueError: two sentences for one code.
    """
    sentences: dict[str, str] = {}
    for name, tables in files:
        for table in tables.values():
            if twice := sentences.keys() & table.keys():
                raise ValueError(f"explained twice: {', '.join(sorted(twice))} in {name}")
            sentences |= table
    return sentences


def sentence(sentences: Mapping[str, str], code: str, values: Mapping[str, object]) -> str:
    """Return the sentence for a code with ``{name}`` filled from ``values``.

    Raises:
        KeyError: nothing explains the code, or a value is missing.
    """
    return sentences[code].format_map(values)


def say(sentences: Mapping[str, str], code: str, values: Mapping[str, object]) -> str:
    """Return the same for a person, whom nobody leaves without words: what nothing fills stays as it is written."""
    try:
        return sentence(sentences, code, values)
    except KeyError:
        told = code if code in sentences else UNEXPLAINED
        return sentences.get(told, code).format_map(_Known({"code": code, **values}))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"

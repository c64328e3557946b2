"""What a refusal says in Chinese, read once from the product's tables of messages."""

import tomllib
from functools import cache
from importlib import resources


def text(code: str, **values: object) -> str:
    """Return the sentence for a code; a code without a sentence of its own stands for itself."""
    return _sentences().get(code, code).format_map(_Known(values))


class _Known(dict[str, object]):
    """Leaves a place that nothing fills as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    folder = resources.files("resources") / "messages"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            for table in tomllib.loads(file.read_text("utf-8")).values():
                found |= table
    return found

"""A program that starts again need not compile its SQL again: all of one kind share what the first compiled."""

from typing import Any

from sqlalchemy import Engine

_COMPILED: dict[str, tuple[Any, Any]] = {}


def share(kind: str, engine: Engine) -> None:
    """Let the engine use what the earlier ones of its kind have compiled; what a statement does is not touched."""
    engine.dialect, engine._compiled_cache = _COMPILED.setdefault(kind, (engine.dialect, engine._compiled_cache))

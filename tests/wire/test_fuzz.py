"""10^5 broken frames for every parser of outside bytes; the full fire is ``make fuzz``."""

import logging
from collections.abc import Callable, Iterator

import pytest
from fuzzing.fire import TARGETS, fire
from fuzzing.mutants import MUTANTS
from fuzzing.target import Target

FRAMES = 100_000
SEED = 1
ENOUGH = 20_000
"""Frames within which a mistake has to be seen."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """An answer that is none is worth a warning at a counter, and an everyday thing here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("kind", TARGETS, ids=lambda kind: kind.name)
def test_a_parser_does_only_what_it_documents(
    kind: type[Target], record_property: Callable[[str, object], None]
) -> None:
    fired = fire(kind(), FRAMES, SEED)
    assert fired.broken is None
    record_property(fired.name, f"{fired.frames} frames, {fired.rate:.0f} a second, at most {fired.peak} bytes held")


@pytest.mark.parametrize("name", MUTANTS)
def test_a_classic_mistake_of_a_parser_is_seen(name: str) -> None:
    kind, mutant = MUTANTS[name]
    target = kind()
    with mutant():
        assert fire(target, ENOUGH, SEED).broken is not None

"""Cycles with widgets in them are freed by the GUI thread, whoever filled the memory."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.garbage import EVERY_MS, Collector


class Cycle:
    """Holds itself; says on which thread it was freed."""

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        self._freed_on = freed_on

    def __del__(self) -> None:
        self._freed_on.append(threading.get_ident())


@pytest.fixture
def python_collects() -> Iterator[None]:
    """The suite has a collector of its own."""
    gc.enable()
    yield
    gc.disable()


@pytest.fixture
def collector(qtbot: QtBot, python_collects: None) -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.close()


def _fill() -> None:
    """What makes Python collect all three generations where it is free to."""
    kept: list[list[int]] = [[] for _ in range(200_000)]
    kept.clear()


def _on_a_worker() -> None:
    worker = threading.Thread(target=_fill)
    worker.start()
    worker.join()


def test_a_worker_that_fills_the_memory_frees_no_cycle(collector: Collector) -> None:
    freed_on: list[int] = []
    Cycle(freed_on)
    _on_a_worker()
    assert freed_on == []
    gc.collect()
    assert freed_on == [threading.get_ident()]


def test_the_gui_thread_frees_it_by_itself(collector: Collector, qtbot: QtBot) -> None:
    freed_on: list[int] = []
    gc.collect()
    Cycle(freed_on)
    kept: list[list[int]] = [[] for _ in range(1_000)]
    qtbot.waitUntil(lambda: freed_on == [threading.get_ident()], timeout=20 * EVERY_MS)
    assert kept


def test_older_generations_have_their_turn(collector: Collector) -> None:
    for _ in range(10):
        gc.collect(1)
    freed_on: list[int] = []
    Cycle(freed_on)
    collector.look()
    assert (freed_on, gc.get_count()[1:]) == ([threading.get_ident()], (0, 0))


def test_python_collects_again_once_the_outermost_is_closed(qtbot: QtBot, python_collects: None) -> None:
    outer, inner = Collector(), Collector()
    freed_on: list[int] = []
    Cycle(freed_on)
    inner.close()
    _on_a_worker()
    assert freed_on == []
    outer.close()
    _on_a_worker()
    assert len(freed_on) == 1

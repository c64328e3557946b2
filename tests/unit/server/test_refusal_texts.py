"""Every refusal has a status, a sentence, and a place in the written list."""

from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.storage.messages import sentence
from sync.server.service.desk import Reason
from sync.server.service.prune import ANSWERS_MS, prune
from sync.server.service.refusals import STATUS
from sync.server.storage.engine import UnsupportedDatabaseError, open_storage

LIST = (Path(__file__).parents[3] / "sync/protocol/README.md").read_text("utf-8")


@pytest.mark.parametrize("code", STATUS)
def test_every_refusal_has_a_sentence_and_is_written_down(code: str) -> None:
    assert sentence(code, incident="E-1")
    assert f"`{code}`" in LIST


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_written_down(reason: Reason) -> None:
    assert f"`{reason.value}`" in LIST


@pytest.mark.parametrize("url", ["mysql://x", "nonsense", "", "sqlite"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        open_storage(url, SystemClock())


def test_old_answers_are_forgotten_and_a_key_may_be_used_anew(hall: Any) -> None:
    hall.issue()
    first = hall.call("A01", key="k")
    hall.clock.now += ANSWERS_MS + 1_000_000
    prune(hall.service.context)
    assert first is not None
    assert hall.call("A01", key="k") is None

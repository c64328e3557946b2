"""Whose session the counter asks the server with: never that of the clerk before."""

from typing import Any

import pytest

from app.commands.counter_signing import CounterSigning
from app.usecases.acting import ActRefused
from sync.client.http import HttpCentralServer

NOBODY = "http://127.0.0.1:1"


def test_who_signs_in_without_the_server_has_no_session(kit: Any) -> None:
    server = HttpCentralServer(NOBODY, "token", kit.clock)
    signing = CounterSigning(kit.store, server, "9901", kit.clock, lambda: None)
    signing.authority.session = "of the clerk before"
    with pytest.raises(ActRefused):
        signing.ask("0301", "password")
    assert signing.session() is None
    server.close()

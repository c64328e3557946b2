"""Whose session the counter asks the server with: never that of the clerk before."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.counter_opening import CounterOpening
from app.commands.settings import CounterSettings, PrinterSettings
from app.usecases.acting import ActRefused
from sync.client.authority import HallAuthority
from sync.client.http import HttpCentralServer

NOBODY = "http://127.0.0.1:1"


def test_who_signs_in_without_the_server_has_no_session(tmp_path: Path, kit: Any) -> None:
    printer = PrinterSettings("tcp://127.0.0.1:9100", "gbk", 48)
    settings = CounterSettings(NOBODY, None, "file", None, printer, None)
    opening = CounterOpening(tmp_path, settings, NOBODY, kit.clock)
    server = HttpCentralServer(NOBODY, "token", kit.clock)
    opening._authority = authority = HallAuthority(server, "9901")
    authority.session = "of the clerk before"
    with pytest.raises(ActRefused):
        opening._ask(SimpleNamespace(store=kit.store), authority, "0301", "password")
    assert opening._session() is None
    server.close()

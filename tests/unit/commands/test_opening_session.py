"""Whose session the counter asks the server with: never that of the clerk before."""

from typing import Any

import pytest

from app.commands.counter_base import not_open
from app.commands.counter_signing import CounterSigning
from app.commands.manager_session import own_window
from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.ports.clerk_authority import SignInRefused
from app.ports.store import SignIn
from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.messages import sentence
from app.storage.passwords import Argon2Passwords
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


@pytest.mark.parametrize(
    ("roles", "window"),
    [
        ({Role.CLERK}, None),
        ({Role.SYSTEM_OPERATOR}, Role.SYSTEM_OPERATOR),
        ({Role.ADMINISTRATOR}, Role.ADMINISTRATOR),
        ({Role.CLERK, Role.ADMINISTRATOR}, None),
        ({Role.GUIDE}, Role.GUIDE),
        ({Role.FLOOR_MANAGER, Role.ADMINISTRATOR}, Role.FLOOR_MANAGER),
    ],
)
def test_whose_window_is_another_is_what_the_rights_say(roles: set[Role], window: Role | None) -> None:
    assert own_window(roles) is window


def test_who_sets_devices_needs_no_server_once_it_vouched_for_them(kit: Any) -> None:
    clerk = Clerk("0905", "许某", "D-ZX", frozenset({Role.SYSTEM_OPERATOR}), (), (), kit.clock.now_ms() + 1000)
    with kit.store.begin() as work:
        work.put_sign_in(SignIn(clerk, Argon2Passwords().verifier("password")))
    server, left = HttpCentralServer(NOBODY, "token", kit.clock), []
    signing = CounterSigning(kit.store, server, "9901", kit.clock, lambda: left.append(True))
    with pytest.raises(SignInRefused, match="elsewhere_opening"):
        signing.ask("0905", "password")
    server.close()
    assert left == [True]
    assert signing.manager is not None
    assert (signing.manager.role, signing.manager.token) == (Role.SYSTEM_OPERATOR, "")


@pytest.mark.parametrize(
    ("reason", "code", "final"),
    [
        (StoreFaultReason.DISK_FULL, "disk_full_at_start", False),
        (StoreFaultReason.BUSY, "store_busy", False),
        (StoreFaultReason.NEWER, "store_newer", True),
    ],
)
def test_a_store_that_does_not_open_is_told_as_the_window_stands(
    reason: StoreFaultReason, code: str, *, final: bool
) -> None:
    told = not_open(StoreFault(reason))
    assert (told.code, told.final) == (code, final)
    assert sentence(code)

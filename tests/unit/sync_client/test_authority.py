"""Who is next and who is this clerk, when the server does not say."""

from typing import Any

import pytest

from app.ports.clerk_authority import SignInRefused
from app.ports.queue_authority import AuthorityUnreachable
from sync.client.authority import HallAuthority
from sync.protocol.interface import Refused


class Refusing:
    """A server with one answer to everything."""

    def __init__(self, code: str, status: int) -> None:
        self._refusal = Refused(code, status)

    def open_session(self, _request: Any) -> Any:
        raise self._refusal

    def call_next(self, _hall: str, _window: str, _key: str) -> Any:
        raise self._refusal


def test_a_server_that_fails_inside_is_no_answer() -> None:
    authority = HallAuthority(Refusing("internal", 500), "9901")
    with pytest.raises(AuthorityUnreachable):
        authority.sign_in("0301", "password")
    with pytest.raises(AuthorityUnreachable):
        authority.call_next("A01", "key-1")


def test_a_wrong_password_stays_a_no() -> None:
    with pytest.raises(SignInRefused, match="unauthorised"):
        HallAuthority(Refusing("unauthorised", 401), "9901").sign_in("0301", "password")

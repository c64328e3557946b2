"""Signing in: with the server, and for seven days without it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.ports.clerk_authority import SignInRefused
from app.ports.queue_authority import AuthorityUnreachable
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.sign_in import MOST_FAILURES, OFFLINE_MS, sign_in


class Server:
    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.there = True

    def sign_in(self, number: str, password: str) -> Any:
        if not self.there:
            raise AuthorityUnreachable
        if (number, password) != (self.clerk.number, "right"):
            raise SignInRefused("unauthorised")
        return self.clerk


class Reversed:
    """Quick, and no secret: what Argon2 does is tested with the store."""

    def verifier(self, password: str) -> Any:
        return password[::-1]

    def matches(self, verifier: str, password: str) -> Any:
        return verifier == password[::-1]


@pytest.fixture
def server(clerk: Clerk) -> Any:
    return Server(clerk)


@pytest.fixture
def enter(kit: Any, server: Any) -> Any:

    def attempt(password: str = "right", number: str = "0301") -> Any:
        return sign_in(kit.store, kit.clock, server, Reversed(), number=number, password=password)

    return attempt


def refusal(enter: Any, *args: Any) -> Any:
    with pytest.raises(ActRefused) as caught:
        enter(*args)
    return caught.value.reason


def test_the_server_decides_while_it_answers(enter: Any) -> None:
    assert enter().name == "王某"
    with pytest.raises(SignInRefused, match="unauthorised"):
        enter("wrong")


def test_a_clerk_known_here_signs_in_without_the_server(enter: Any, server: Any, kit: Any, clerk: Clerk) -> None:
    enter()
    server.there = False
    assert enter() == replace(clerk, offline_until_ms=kit.clock.now_ms() + OFFLINE_MS)
    assert refusal(enter, "wrong") is ActRefusal.WRONG_PASSWORD


def test_a_clerk_never_seen_here_does_not(enter: Any, server: Any) -> None:
    server.there = False
    assert refusal(enter) is ActRefusal.OFFLINE_UNKNOWN


def test_after_seven_days_only_the_server_lets_in(enter: Any, server: Any, kit: Any) -> None:
    enter()
    server.there = False
    kit.clock.advance(OFFLINE_MS)
    enter()
    kit.clock.advance(1)
    assert refusal(enter) is ActRefusal.OFFLINE_EXPIRED


def test_wrong_passwords_lock_out_until_the_server_says_otherwise(enter: Any, server: Any) -> None:
    enter()
    server.there = False
    for _ in range(MOST_FAILURES):
        assert refusal(enter, "wrong") is ActRefusal.WRONG_PASSWORD
    assert refusal(enter) is ActRefusal.LOCKED_OUT
    server.there = True
    enter()
    server.there = False
    assert enter().number == "0301"


def test_a_right_password_forgets_the_wrong_ones(enter: Any, server: Any) -> None:
    enter()
    server.there = False
    for _ in range(2):
        for _ in range(MOST_FAILURES - 1):
            refusal(enter, "wrong")
        assert enter().number == "0301"

"""What is kept of a password proves it and does not reveal it."""

import pytest

from app.storage.passwords import Argon2Passwords


def test_a_verifier_proves_its_own_password_only() -> None:
    verifier = Argon2Passwords().verifier("密码0301")
    assert verifier.startswith("$argon2id$")
    assert Argon2Passwords().matches(verifier, "密码0301")
    assert not Argon2Passwords().matches(verifier, "密码0302")


@pytest.mark.parametrize("verifier", ["", "$argon2id$", "plain"])
def test_what_is_no_verifier_matches_nothing(verifier: str) -> None:
    assert not Argon2Passwords().matches(verifier, "plain")

"""Somebody who is signed in and whose work has a window of its own: what that window needs to know of them."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.rights import Act, Role, may

NOT_THEIRS = {
    Role.FLOOR_MANAGER: "floor_not_manager",
    Role.GUIDE: "guide_not_guide",
    Role.REVIEWER: "review_not_reviewer",
}
"""The code of: this window is for that role alone."""


@dataclass(frozen=True, slots=True, repr=False)
class ManagerSession:
    """Name, hall, the bearer token that says so, and number of whose window it is; no repr, no leak.

    ``token`` is empty for who set devices or reviewed cases before and signed in without the server: their window
    does not need it.
    """

    name: str
    hall: str
    token: str
    clerk: str
    role: Role = Role.FLOOR_MANAGER


def own_window(roles: Collection[Role]) -> Role | None:
    """Return the role whose window opens in place of a counter's; None for who works at the counter."""
    if Role.FLOOR_MANAGER in roles:
        return Role.FLOOR_MANAGER
    if Role.CLERK in roles:
        return None
    if Role.GUIDE in roles:
        return Role.GUIDE
    if Role.REVIEWER in roles:
        return Role.REVIEWER
    return next((each for each in Role if each in roles and may({each}, Act.SET_DEVICES)), None)

"""Somebody who is signed in and whose work has a window of its own: what that window needs to know of them."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.rights import Role

NOT_THEIRS = {Role.FLOOR_MANAGER: "floor_not_manager", Role.GUIDE: "guide_not_guide"}
"""The code of: this window is for that role alone."""


@dataclass(frozen=True, slots=True, repr=False)
class ManagerSession:
    """Name, hall, the bearer token that says so, and number of a floor manager or a guide; no repr, no leak."""

    name: str
    hall: str
    token: str
    clerk: str
    role: Role = Role.FLOOR_MANAGER


def own_window(roles: Collection[Role]) -> Role | None:
    """Return the role whose window opens in place of a counter's; None for who works at the counter."""
    if Role.FLOOR_MANAGER in roles:
        return Role.FLOOR_MANAGER
    return Role.GUIDE if Role.GUIDE in roles and Role.CLERK not in roles else None

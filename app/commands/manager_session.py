"""A floor manager who is signed in: what the manager's window needs to know of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class ManagerSession:
    """Their name, their hall, the bearer token that says so, and their number; no repr, no leak."""

    name: str
    hall: str
    token: str
    clerk: str

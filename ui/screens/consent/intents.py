"""What the page of the consent says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Consent:
    """Enter: the floor manager consents; no repr, for it carries a password."""

    number: str
    password: str

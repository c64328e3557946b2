"""The cards of the demo people, from resources/cards, for the simulator and the desk."""

import tomllib
from pathlib import Path

import resources
from app.domain.id_card import IdCard
from devices.sam.fields import from_fields

FOLDER = Path(resources.__path__[0]) / "cards"


def people() -> list[str]:
    """Return the names of the cards there are, sorted."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def demo_card(person: str) -> IdCard:
    """Return the card of one demo person, ``P1`` for example.

    Raises:
        ValueError: there is no such person.
    """
    if person not in people():
        raise ValueError(f"no such person, known are {', '.join(people())}")
    return from_fields(tomllib.loads((FOLDER / f"{person}.toml").read_text(encoding="utf-8")))

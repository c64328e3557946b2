"""What is known while the law library lies open over the work."""

from dataclasses import dataclass, field

from app.domain.catalogue.library import LawIndex


@dataclass(frozen=True, slots=True)
class LawsState:
    """What was typed, which row is marked (from 0), and the item whose laws stand first; empty where none is chosen.

    ``index`` is made when the library opens; until then nothing but the item's own laws is listed.
    """

    item_id: str = ""
    typed: str = ""
    at: int = 0
    index: LawIndex | None = field(default=None, compare=False)

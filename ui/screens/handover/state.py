"""What the handover knows at one moment."""

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.catalogue.organisation import Staff
from app.domain.handover import Sheet
from ui.screens.search.state import SlipPicture


@dataclass(frozen=True, slots=True)
class HandoverState:
    """``colleagues`` are those who may take over, the likeliest first; ``heir`` an index into them.

    ``settled`` says that the clerk confirmed the heir, so that the keyboard is in the list; ``at`` the marked entry.
    ``cases`` are those behind the entries, by id. ``ways`` asks how the sheet is to come out, for the printer stands
    still.
    """

    sheet: Sheet
    colleagues: tuple[Staff, ...] = ()
    cases: tuple[Case, ...] = ()
    heir: int = 0
    settled: bool = False
    at: int = 0
    figures: tuple[tuple[str, int], ...] = ()
    paper: SlipPicture | None = None
    message: str = ""
    ways: bool = False

    @property
    def heir_number(self) -> str:
        """Return the clerk number of who takes over by default; empty where there are no colleagues."""
        return self.colleagues[self.heir].number if self.colleagues else ""

    def owners(self) -> tuple[str, ...]:
        """Return who may own an entry, in the order of the digits: the heir, the clerk, the other colleagues."""
        rest = [each.number for index, each in enumerate(self.colleagues) if index != self.heir]
        return tuple(filter(None, (self.heir_number, self.sheet.clerk, *rest)))

"""Which refusals of a department have to be served from this window (domain rule L20)."""

from app.domain.case import Case, CaseState
from app.domain.inside_answer import unserved
from app.ports.store import Reading


def read_unserved(view: Reading, window: str) -> tuple[Case, ...]:
    """Return the refusals of papers taken in here that have not reached their person."""
    refused = view.cases_standing({CaseState.REFUSED})
    return tuple(each for each in refused if each.window == window and unserved(each))

"""A question that lists cases by digit, and the one about the case that was chosen: what all such questions share."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from app.domain.case import Case
from ui import intents
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

Take = Callable[["CounterPresenter", Ask, int], None]
"""Takes the digit that was pressed as the answer to a question."""


def listing(kind: str, cases: Sequence[Case]) -> str:
    """Return the kind of a question that lists these cases: their order stays, whatever comes meanwhile."""
    return f"{kind}:{','.join(each.case_id for each in cases)}"


def heard(presenter: "CounterPresenter", intent: object, kinds: Collection[str], take: Take) -> bool:
    """Take a digit, or Enter for the first answer, where a question of these kinds is open; say whether it was."""
    ask = presenter.state.ask
    if ask is None or ask.kind.partition(":")[0] not in kinds:
        return False
    match intent:
        case intents.Answer(number):
            take(presenter, ask, number)
        case intents.ConfirmAnswer():
            take(presenter, ask, 1)
        case _:
            return False
    return True


def meant(ask: Ask, number: int, list_kind: str, cases: Sequence[Case]) -> Case | None:
    """Return the case a digit chooses from the list, or the one a later question is about; None if it is gone."""
    kind, _, rest = ask.kind.partition(":")
    ids = rest.split(",")
    case_id = rest if kind != list_kind else ids[number - 1] if 1 <= number <= len(ids) else ""
    return next((each for each in cases if each.case_id == case_id), None)

"""The server's part of the search: other windows' cases below one's own, to be read and no more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.far_case import FarCase
from app.ports.far_cases import FarFound, FarSeen
from ui import desk_intents, intents
from ui.screens.counter.build.far import OF_OWN_CASES, far_hits
from ui.screens.counter.build.finding import shown_hits
from ui.screens.search.state import FarState, FarStatus, SearchState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

OFFLINE = "far_offline"
READ_ONLY = "far_read_only"


def ask(presenter: "CounterPresenter", wanted: Sequence[str]) -> None:
    """Ask the server for what the box now wants; whatever was asked before is let go."""
    search, parts = presenter.state.over, presenter.parts
    if not isinstance(search, SearchState) or parts is None or parts.far_cases is None:
        return
    far = FarState(tuple(wanted))
    if wanted and presenter.state.offline:
        far = replace(far, status=FarStatus.TROUBLE, trouble=OFFLINE)
    elif wanted:
        far = replace(far, status=FarStatus.ASKING)
    parts.far_cases.ask(wanted if far.status is FarStatus.ASKING else ())
    presenter.update(over=replace(search, far=far))


def take(presenter: "CounterPresenter", answer: object) -> None:
    """Show what the server found or why it did not; an answer to something older is let go."""
    search = presenter.state.over
    if not isinstance(search, SearchState):
        return
    if isinstance(answer, FarFound) and answer.tokens == search.far.tokens:
        _found(presenter, search, answer)
    elif isinstance(answer, FarSeen):
        marked = _marked(presenter, search)
        if marked is not None and marked.case_id == answer.case_id:
            message = answer.trouble.value if answer.trouble is not None else ""
            presenter.update(over=replace(search, far=replace(search.far, detail=answer.detail), message=message))


def _found(presenter: "CounterPresenter", search: SearchState, answer: FarFound) -> None:
    status = FarStatus.TROUBLE if answer.trouble is not None else FarStatus.HERE
    trouble = answer.trouble.value if answer.trouble is not None else ""
    far = replace(search.far, status=status, hits=answer.hits, more=answer.more, trouble=trouble, at=None, detail=None)
    search = replace(search, far=far)
    alone = search.answered == search.typed or search.scanned
    if alone and not shown_hits(presenter.state, search) and far_hits(presenter.state, search):
        search = replace(search, far=replace(far, at=0))
    presenter.update(over=search)
    if search.scanned and search.far.at is not None:
        _open(presenter, search)


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take what concerns the server's rows before the search takes the rest: nothing that acts reaches a case there."""
    search = presenter.state.over
    if not isinstance(search, SearchState) or search.far.status is not FarStatus.HERE:
        return False
    own, others = len(shown_hits(presenter.state, search)), len(far_hits(presenter.state, search))
    far = search.far
    row = own + far.at if far.at is not None else search.at
    match intent:
        case desk_intents.MoveCase(step):
            taken = _mark(presenter, search, min(max(row + step, 0), own + others - 1), own)
        case desk_intents.PickCase(index):
            taken = _mark(presenter, search, index, own)
        case desk_intents.NextFilter():
            presenter.update(over=replace(search, far=replace(far, at=None, detail=None)))
            taken = False
        case desk_intents.OpenCase() if far.at is not None:
            taken = _open(presenter, search)
        case desk_intents.ShowCaseSlip() | desk_intents.ReprintCase() | intents.Correct() if far.at is not None:
            taken = _say_read_only(presenter, search)
        case desk_intents.RunCommand(code) if far.at is not None and code in OF_OWN_CASES:
            taken = _say_read_only(presenter, search)
        case _:
            taken = False
    return taken


def _mark(presenter: "CounterPresenter", search: SearchState, row: int, own: int) -> bool:
    """Mark a row; one of this counter's own is left to the search itself."""
    at = row - own if row >= own else None
    same = at == search.far.at
    if not same:
        far = replace(search.far, at=at, detail=None)
        presenter.update(over=replace(search, far=far, showing=False, message=""))
    if at is None and search.far.at is not None:
        return search.at == row  # back on the own row that was marked before
    return at is not None


def _open(presenter: "CounterPresenter", search: SearchState) -> bool:
    marked, parts = _marked(presenter, search), presenter.parts
    if marked is not None and parts is not None and parts.far_cases is not None and not search.opened:
        presenter.update(over=replace(search, opened=True, message=""))
        parts.far_cases.look(marked.case_id)
    return True


def _say_read_only(presenter: "CounterPresenter", search: SearchState) -> bool:
    presenter.update(over=replace(search, message=READ_ONLY))
    return True


def _marked(presenter: "CounterPresenter", search: SearchState) -> FarCase | None:
    hits = far_hits(presenter.state, search)
    return hits[search.far.at] if search.far.at is not None and search.far.at < len(hits) else None

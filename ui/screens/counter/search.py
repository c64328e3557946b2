"""F7: one box over the local store; the running case is parked untouched, and Esc returns to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.domain.business_day import business_date
from app.domain.case import Case
from app.domain.case_search import KEPT_DAYS, MAX_TYPED, tokens
from app.domain.paper.errors import PaperError
from app.ports.spool import JobState, PrintJob
from ui import desk_intents, intents
from ui.pictures import image_of
from ui.screens.counter import (
    acts,
    complaints,
    contacts,
    corrections,
    far_search,
    handover,
    original_acts,
    projects,
    ways_out,
)
from ui.screens.counter.acts import NotDone
from ui.screens.counter.build.found_originals import reprintable_original
from ui.screens.counter.build.over import commands_for, shown_hits
from ui.screens.counter.build.ways_out import stands_still
from ui.screens.counter.parts import CounterParts
from ui.screens.search.state import Group, Looked, SearchState, SlipPicture

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

MOST_HITS = 60
"""More than anybody reads; whoever wants another case types one token more."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents of the search; while it is open Esc goes back one level at a time."""
    if isinstance(intent, desk_intents.OpenSearch):
        if presenter.state.over is None:
            presenter.update(over=SearchState(), ask=None, message="")
        return True
    search = presenter.state.over
    if not isinstance(search, SearchState):
        return False
    return _in_search(presenter, search, intent)


def open_scanned(presenter: "CounterPresenter", number: str) -> None:
    """Open the case with this number, from wherever the clerk is; the work beneath keeps what was asked there."""
    before = presenter.state.over
    if isinstance(before, SearchState) and before.scanned:
        before = before.before
    search = SearchState(number, entered=True, scanned=True, before=before if isinstance(before, SearchState) else None)
    presenter.update(over=search, message="")
    presenter.aside(partial(_find, wanted=tokens(number)), partial(_found, presenter, number))
    far_search.ask(presenter, tokens(number))


def _in_search(presenter: "CounterPresenter", search: SearchState, intent: object) -> bool:
    match intent:
        case desk_intents.SearchCases(text):
            _type(presenter, search, text[:MAX_TYPED])
        case desk_intents.MoveCase(step):
            _mark(presenter, search, search.at + step)
        case desk_intents.PickCase(index):
            _mark(presenter, search, index)
        case desk_intents.NextFilter(index):
            groups = list(Group)
            chosen = groups[index] if index is not None else groups[(groups.index(search.group) + 1) % len(groups)]
            _mark(presenter, replace(search, group=chosen), 0)
        case desk_intents.OpenCase():
            _enter(presenter, search)
        case desk_intents.ShowCaseSlip() if search.opened:
            presenter.update(over=replace(search, showing=not search.showing))
        case desk_intents.ReprintCase() | desk_intents.ReprintOriginal() | intents.FaultOptionChosen():
            _print(presenter, search, intent)
        case desk_intents.RunCommand(code):
            _run(presenter, search, code)
        case intents.Back():
            presenter.update(over=_back(search), message="")
        case _:
            return False
    return True


def _back(search: SearchState) -> SearchState | None:
    """Return one level back: from the paper to the case, from there to the box, from box or scan to the work."""
    if search.showing:
        return replace(search, showing=False, message="")
    if search.opened and not search.scanned:
        return replace(search, opened=False, message="")
    return search.before


def _type(presenter: "CounterPresenter", search: SearchState, text: str) -> None:
    wanted = tokens(text)
    typed = replace(search, typed=text, contact=None, at=0, entered=False, message="", scanned=False, before=None)
    presenter.update(over=typed)
    far_search.ask(presenter, wanted)
    if wanted:
        contacts.look(presenter, text, wanted)
        presenter.aside(partial(_find, wanted=wanted), partial(_found, presenter, text))
    else:
        _found(presenter, text, ())


def _find(parts: CounterParts, *, wanted: Sequence[str]) -> tuple[Case, ...]:
    since = business_date(parts.clock.now_ms()) - timedelta(days=KEPT_DAYS)
    with parts.store.read() as view:
        return tuple(view.find_cases(wanted, date.isoformat(since), MOST_HITS))


def _found(presenter: "CounterPresenter", text: str, hits: object) -> None:
    """Show the hits of the newest text; an answer to an older one is let go."""
    search = presenter.state.over
    if isinstance(search, SearchState) and search.typed == text and isinstance(hits, tuple):
        opened = search.entered and bool(hits)
        _mark(presenter, replace(search, hits=hits, answered=text, opened=opened, entered=False), 0)
        if search.entered and not hits:
            contacts.go_on(presenter, search)


def _mark(presenter: "CounterPresenter", search: SearchState, at: int) -> None:
    """Mark a row and look at its case."""
    shown = shown_hits(presenter.state, search)
    at = max(0, min(at, len(shown) - 1))
    case = shown[at] if shown else None
    same = case is not None and search.looked is not None and search.looked.case_id == case.case_id
    kept = replace(search, at=at) if same else replace(search, at=at, looked=None, slip=None, showing=False)
    presenter.update(over=kept)
    if case is not None and not same:
        presenter.aside(partial(_look, case=case), partial(_looked, presenter))


def _look(parts: CounterParts, *, case: Case) -> "_Seen":
    with parts.store.read() as view:
        jobs = tuple(view.print_jobs_of(case.case_id))
        originals = tuple(view.originals_of(case.case_id))
    slip = None
    if jobs:
        try:
            document = acts.shown(case, None, jobs[-1])
        except (KeyError, PaperError):
            document = None  # a paper this program has no masked form of is not shown
        if document is not None:
            reprint = jobs[-1].reprint
            slip = SlipPicture(case.case_id, image_of(parts.render(document, reprint)), f"{hash(document)}/{reprint}")
    return _Seen(Looked(case.case_id, jobs, originals), slip)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case's papers and the picture of the last one."""

    looked: Looked
    slip: SlipPicture | None


def _looked(presenter: "CounterPresenter", seen: object) -> None:
    search = presenter.state.over
    if not isinstance(search, SearchState) or not isinstance(seen, _Seen):
        return
    shown = shown_hits(presenter.state, search)
    if shown and shown[search.at].case_id == seen.looked.case_id:
        presenter.update(over=replace(search, looked=seen.looked, slip=seen.slip))


def _enter(presenter: "CounterPresenter", search: SearchState) -> None:
    """Enter opens the marked case; without one it runs the command whose letters were typed."""
    if search.answered == search.typed and shown_hits(presenter.state, search):
        presenter.update(over=replace(search, opened=True))
        return
    if search.answered != search.typed and tokens(search.typed):
        presenter.update(over=replace(search, entered=True))
        return
    if search.contact is not None:
        contacts.go_on(presenter, search)
        return
    named = [each for each in commands_for(presenter.state, search) if each.enabled and _calls(search.typed, each.code)]
    if named:
        _run(presenter, search, named[0].code)


def _calls(typed: str, code: str) -> bool:
    letters = typed.strip().lower()
    return bool(letters) and code.startswith(letters)


def _run(presenter: "CounterPresenter", search: SearchState, code: str) -> None:
    match code:
        case "bddj":
            _reprint(presenter, search)
        case "gzzf":
            corrections.ask_about(presenter)
        case contacts.COMMAND:
            contacts.go_on(presenter, search)
        case complaints.COMMAND:
            complaints.open_complaint(presenter)
        case projects.COMMAND:
            projects.open_project(presenter)
        case "jjdl":
            handover.open_handover(presenter)
        case _:
            return


def _print(presenter: "CounterPresenter", search: SearchState, intent: object) -> None:
    match intent:
        case desk_intents.ReprintCase():
            _reprint(presenter, search)
        case desk_intents.ReprintOriginal():
            _reprint_original(presenter, search)
        case intents.FaultOptionChosen(number):
            _way_out(presenter, search, number)


def _reprint(presenter: "CounterPresenter", search: SearchState) -> None:
    """补打 the last paper of the marked case."""
    shown = shown_hits(presenter.state, search)
    if not shown:
        presenter.update(over=replace(search, message="not_listed"))
    elif (job := reprintable(search)) is None:
        presenter.update(over=replace(search, message="no_paper_of_case"))
    else:
        presenter.update(over=replace(search, message=""))
        done = partial(_reprinted, presenter, shown[search.at], "reprint_queued")
        presenter.aside(partial(acts.again, job_id=job.job_id), done)


def _way_out(presenter: "CounterPresenter", search: SearchState, number: int) -> None:
    """Send the reprint that waits another way, while the printer stands still."""
    shown, job = shown_hits(presenter.state, search), search.last_job
    if not shown or job is None or not stands_still(presenter.state, job):
        return
    chosen = ways_out.way_of(presenter.state, number)
    if chosen is not None:
        presenter.update(over=replace(search, message=""))
        done = partial(_reprinted, presenter, shown[search.at], "reprint_diverted")
        presenter.aside(partial(chosen, job_id=job.job_id), done)


def look_again(presenter: "CounterPresenter") -> None:
    """A paper came out, or came back: look at the papers of the marked case again."""
    search = presenter.state.over
    if isinstance(search, SearchState) and search.far.at is None:
        shown = shown_hits(presenter.state, search)
        if shown and search.at < len(shown):
            presenter.aside(partial(_look, case=shown[search.at]), partial(_looked, presenter))


def _reprint_original(presenter: "CounterPresenter", search: SearchState) -> None:
    """补打 the sealed original of the marked case."""
    shown, original = shown_hits(presenter.state, search), reprintable_original(search.looked)
    if shown and search.far.at is None and original is not None:
        presenter.update(over=replace(search, message=""))
        done = partial(_reprinted, presenter, shown[search.at], "original_reprint_queued")
        presenter.aside(partial(original_acts.print_again, original_id=original.original_id), done)


def reprintable(search: SearchState) -> PrintJob | None:
    """Return the last paper of the case that is looked at, if it came out once."""
    jobs = search.looked.jobs if search.looked else ()
    given = [each for each in jobs if each.state in (JobState.PRINTED, JobState.HANDWRITTEN, JobState.LOST)]
    return given[-1] if given else None


def _reprinted(presenter: "CounterPresenter", case: Case, queued: str, answer: object) -> None:
    search = presenter.state.over
    if isinstance(search, SearchState):
        code = answer.code if isinstance(answer, NotDone) else queued
        presenter.update(over=replace(search, message=code))
        presenter.aside(partial(_look, case=case), partial(_looked, presenter))
        presenter.look()

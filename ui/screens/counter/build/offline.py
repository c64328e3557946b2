"""What the card says while the link is gone (design/design.md section 8.1): a grey note, the journal, what works."""

from dataclasses import replace
from typing import Final

from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, ServingView
from ui.widgets.views import NoteView, Strong, Tag, Tone
from ui.widgets.work_views import (
    AbilitiesView,
    Ability,
    FormView,
    JournalRow,
    JournalView,
    OutcomeView,
    SectionView,
)

MOST_ROWS: Final = 3
WORKS: Final = AbilitiesView(
    "离线时",
    (
        (Ability.WORKS, "叫号：群众出示号票，输入号码"),
        (Ability.WORKS, "受理、告知、办结、打印：照常"),
        (Ability.LATER, "联网核验：先收件，联网后补做"),
        (Ability.WAITS, "查别的窗口的件：联网后可查"),
    ),
)


def offline(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with what a clerk should know of working alone: on the form, and where the paper comes out."""
    if not state.offline or not isinstance(view.centre, ServingView):
        return view
    sections = tuple(_section(state, each) for each in view.centre.sections)
    return replace(view, centre=replace(view.centre, sections=sections))


def _section(state: CounterState, section: SectionView) -> SectionView:
    match section.body:
        case FormView() if section.note is None:
            return replace(section, note=_note(state))
        case OutcomeView() as outcome:
            return replace(section, body=replace(outcome, journal=_journal(state), abilities=WORKS))
        case _:
            return section


def _note(state: CounterState) -> NoteView:
    since = f"网络 {wording.clock(state.link.since_ms)} 断开" if state.link.since_ms is not None else "网络断开"
    return NoteView(
        "ph.cloud-slash",
        Tone.OFF,
        ((Strong(f"{since}，窗口照常办。"), "本件先存在本机，联网后自动上传，不用重录。"),),
    )


def _journal(state: CounterState) -> JournalView:
    """Return how many operations wait, and the latest cases among them."""
    since = state.link.since_ms
    fresh = sorted(
        (each for each in state.cases if since is not None and each.accepted_ms >= since),
        key=lambda each: each.accepted_ms,
        reverse=True,
    )
    rows = tuple(
        JournalRow(each.case_no, each.item_name, wording.clock(each.accepted_ms), "已存本机")
        for each in fresh[:MOST_ROWS]
    )
    return JournalView("本机待同步", Tag(f"{state.link.pending} 件"), rows)

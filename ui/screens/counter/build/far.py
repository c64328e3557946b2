"""The server's hits below this counter's own: marked as other windows', and shown to be read."""

import re
from dataclasses import replace
from datetime import date

from app.domain.case import CaseState
from app.domain.case_search import tokens
from app.domain.far_case import FarCase
from ui.screens.counter.build import wording
from ui.screens.counter.build.finding import clerk_name, due_of, in_group
from ui.screens.counter.state import CounterState
from ui.screens.search.state import FarState, FarStatus, SearchState
from ui.screens.search.view_model import ChipView, CommandView, DetailView, HitView, SearchView, StepView
from ui.texts import text
from ui.widgets.views import DueLevel, IconLine, Tag, Tone

_TAGS = {DueLevel.RED: Tag("红牌", Tone.ERR), DueLevel.YELLOW: Tag("黄牌", Tone.WARN)}
OF_OWN_CASES = frozenset({"bddj", "gzzf"})
"""Commands that print or change the marked case."""
_ENDED = frozenset({CaseState.DELIVERED, CaseState.ARCHIVED, CaseState.WITHDRAWN, CaseState.REFUSED, CaseState.VOIDED})


def far_hits(state: CounterState, search: SearchState) -> tuple[FarCase, ...]:
    """Return the server's hits of the chosen group that this counter does not list itself."""
    own = {each.case_id for each in search.hits}
    return tuple(each for each in search.far.hits if each.case_id not in own and in_group(state, each, search.group))


def with_far(state: CounterState, search: SearchState, view: SearchView) -> SearchView:
    """Return the page with the server's part."""
    far, own = search.far, len(view.hits)
    if far.status is FarStatus.NONE:
        return view
    hits = far_hits(state, search)
    marked = hits[far.at] if far.at is not None and far.at < len(hits) else None
    marks = tuple(each for each in tokens(search.typed) if re.fullmatch(r"[0-9]{2,}[x]?", each))
    return replace(
        view,
        chips=_chips(state, search, view.chips),
        hits=(*view.hits, *(_hit(state, each, marks) for each in hits)),
        at=own + far.at if marked is not None and far.at is not None else view.at,
        empty="" if hits else view.empty,
        detail=_detail(state, search, marked) if marked is not None else view.detail,
        commands=tuple(each if marked is None else _spared(each) for each in view.commands),
        far=_line(far, len(hits)),
        far_from=own,
    )


def _spared(command: CommandView) -> CommandView:
    """Return the command, off where it would print or change the marked case."""
    return replace(command, enabled=command.enabled and command.code not in OF_OWN_CASES)


def _chips(state: CounterState, search: SearchState, chips: tuple[ChipView, ...]) -> tuple[ChipView, ...]:
    """Return the groups counted over both parts."""
    groups = list(type(search.group))
    every = [len(far_hits(state, replace(search, group=group))) for group in groups]
    return tuple(replace(chip, count=chip.count + more) for chip, more in zip(chips, every, strict=True))


def _line(far: FarState, count: int) -> str:
    match far.status:
        case FarStatus.ASKING:
            return "正在查其他窗口的件……"
        case FarStatus.TROUBLE:
            return text(far.trouble)
        case _ if not far.hits:
            return "其他窗口没有找到"
        case _:
            more = "（只列最新的，再输一个词可以缩小范围）" if far.more else ""
            return f"其他窗口和更早的件 · {count} 件，只能看{more}"


def _hit(state: CounterState, case: FarCase, marks: tuple[str, ...]) -> HitView:
    due, words, tone = due_of(state, case)
    return HitView(
        number=case.case_no,
        item=case.item_name,
        who=f"{case.name} {case.tail}".strip(),
        due_text=words,
        due=due,
        due_tone=tone,
        state=text(f"case_{case.state.value}"),
        window=f"{case.window} {clerk_name(state, case.clerk)}".strip(),
        day=case.business_date[5:],
        marks=marks,
    )


def _detail(state: CounterState, search: SearchState, case: FarCase) -> DetailView:
    due, words, tone = due_of(state, case)
    seen = search.far.detail
    clerk = clerk_name(state, case.clerk)
    done = case.state in _ENDED
    taken = f"{case.window} 窗口 {clerk}" + (f"，{seen.materials} 件材料齐" if seen is not None else "")
    when = f"{wording.local_time(seen.accepted_ms):%m-%d %H:%M}" if seen is not None else case.business_date[5:]
    stands = StepView(text(f"case_{case.state.value}"), tone=Tone.OK if done else Tone.PRI, done=done)
    return DetailView(
        number=case.case_no,
        tag=_TAGS.get(due.level) if due is not None else None,
        item=case.item_name,
        who=tuple(filter(None, (case.name, seen.number, seen.phone) if seen is not None else (case.name, case.tail))),
        promise=f"承诺{wording.day(date.fromisoformat(case.promised_due))}" if case.promised_due else "",
        left=words,
        due=due,
        due_tone=tone,
        steps=(StepView("收件", taken, when, Tone.OK, done=True), stands),
        note=IconLine("ph.eye", f"{case.window} 窗口 {clerk} 经办。这里只能看，要办请联系经办窗口。", Tone.PRI),
        primary=("只能看", "") if search.opened else ("打开这件", "Enter"),
    )

"""The page while F12 stands open: the menu of endings in section 5, or the few words one of them needs."""

from dataclasses import replace
from enum import StrEnum

from app.domain.channel import Channel
from app.domain.work.card import Section, WorkCard
from app.domain.work.ending import CHOICES, FIELDS, fields_of, hindrances, value, wants_receipt
from app.domain.work.ending_sheet import EndingWay
from app.domain.work.outcome import current_section
from app.usecases.end_visit import usual_owner
from ui.screens.counter.build.sections import sections
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.slip_views import AfterView, PrimaryView, SlipView
from ui.widgets.views import IconLine, KeyHintView, Tag, Tone, Words
from ui.widgets.work_views import (
    EndingFormView,
    EndingView,
    FieldKind,
    FieldView,
    OptionView,
    SectionState,
    SectionView,
)

_WAYS = {
    EndingWay.ANSWERED: ("咨询已答复", "可以打印一次性告知单"),
    EndingWay.REGISTERED: ("首问登记", "没答完的，登记后有人答复"),
    EndingWay.LEFT: ("群众离开", "没有办，记下原因"),
    EndingWay.PICK_UP: ("取件", "凭编号和身份证领结果"),
    EndingWay.WITHDRAWAL: ("撤回", "申请人撤回在办的申请"),
}
_QUESTIONS = {
    EndingWay.ANSWERED: "要给群众打印一次性告知单吗？",
    EndingWay.LEFT: "群众为什么离开？",
    EndingWay.REGISTERED: "首问登记：谁来答复，什么时候答复？",
    EndingWay.PICK_UP: "取件：输入办件编号或查询码，身份证要是本人或代理人的",
    EndingWay.WITHDRAWAL: "撤回：输入要撤回的办件编号或查询码",
}
_LABELS = {
    "topic": "咨询（申请）事项",
    "action": "处理方式",
    "owner": "承接人",
    "due": "最迟答复",
    "number": "办件编号或查询码",
    "reason": "撤回原因",
    "caller": "谁来电、来函（可不填）",
    "receipt": "首问登记回执",
}
_AWAY = "来电、来函登记：没有人在窗口取单，回执可以不打，把登记号告诉对方"
_PREFIX = {"action": "contact", "due": "due", "reason": "withdraw", "receipt": "receipt"}
_CHOICE_PREFIX = {EndingWay.ANSWERED: "print", EndingWay.LEFT: "left"}
_PAPERS = {EndingWay.REGISTERED: "首问登记回执", EndingWay.WITHDRAWAL: "退件告知单"}
_ACTS = {
    EndingWay.REGISTERED: "登记并打印回执",
    EndingWay.PICK_UP: "结果交给群众",
    EndingWay.WITHDRAWAL: "撤回并打印告知单",
}
_OPTIONAL = frozenset({"caller"})
_SPANS = {"topic": 2, "number": 2}


def ending_sections(state: CounterState, card: WorkCard) -> tuple[SectionView, ...]:
    """Return the five sections, the last one open with the question."""
    here = current_section(card)
    before = sections(state, card, Section.OUTCOME)[:-1]
    closed = tuple(each if each.number < here else replace(each, state=SectionState.TODO) for each in before)
    closed = tuple(
        replace(each, note=None)
        if each.state is SectionState.TODO
        else replace(each, state=SectionState.DONE, note=None)
        for each in closed
    )
    way = card.ending.way if card.ending is not None else None
    body = _menu() if way is None else _choice(way) if way in CHOICES else _form(state, card, way)
    hints = (KeyHintView("Enter", "下一项"),) if isinstance(body, EndingFormView) else ()
    return (
        *closed,
        SectionView(
            5,
            "出单",
            "不办件，怎样结束",
            SectionState.CURRENT,
            hints=(*hints, KeyHintView("Esc", "返回")),
            body=body,
        ),
    )


def ending_slip(state: CounterState, right: SlipView, card: WorkCard) -> SlipView:
    """Return the right pane: the paper an ending gives, or that none comes out."""
    way = card.ending.way if card.ending is not None else None
    paper = _PAPERS.get(way) if way is not None and (way is not EndingWay.REGISTERED or wants_receipt(card)) else None
    missing = hindrances(card, _owner(state)) if way in FIELDS else ()
    word = _ACTS.get(way) if way is not None else None
    word = "登记，不打回执" if way is EndingWay.REGISTERED and paper is None else word
    return replace(
        right,
        kind=paper or "",
        tag=Tag(f"将出：{paper}", Tone.OFF) if paper else Tag("不出单据", Tone.OFF),
        paper=right.paper if paper else None,
        paper_key=right.paper_key if paper else "",
        after=_after(way, paper),
        foot=IconLine("ph.info", text(missing[0].value) if missing else "按 Esc 返回，继续办理"),
        primary=PrimaryView(word, "act_finish", not missing) if word else None,
    )


def ending_words(card: WorkCard) -> Words:
    """Return what to say."""
    match card.ending.way if card.ending is not None else None:
        case EndingWay.REGISTERED if not wants_receipt(card):
            return ("“这个问题我马上为您问清楚，请记下登记号，到时给您答复。”",)
        case EndingWay.REGISTERED:
            return ("“这个问题我马上为您问清楚，这是登记回执，到时给您答复。”",)
        case EndingWay.PICK_UP:
            return ("“请出示身份证，这是您的结果，请您核对。您慢走，再见。”",)
        case EndingWay.WITHDRAWAL:
            return ("“已经按您的意思撤回，以后需要随时再来办。您慢走，再见。”",)
        case _:
            return ("“欢迎您多提宝贵意见。您慢走，再见。”",)


def _menu() -> EndingView:
    return EndingView("这次怎样结束？", tuple(OptionView(*_WAYS[each]) for each in EndingWay))


def _choice(way: EndingWay) -> EndingView:
    options = tuple(OptionView(text(f"{_CHOICE_PREFIX[way]}_{each.value}")) for each in CHOICES[way])
    return EndingView(_QUESTIONS[way], options)


def _form(state: CounterState, card: WorkCard, way: EndingWay) -> EndingFormView:
    owner = _owner(state)
    fields = (
        _field(name, listed, value(card, name, owner if name == "owner" else ""))
        for name, listed in fields_of(card).items()
    )
    away = way is EndingWay.REGISTERED and card.channel is not Channel.IN_PERSON
    return EndingFormView(_AWAY if away else _QUESTIONS[way], tuple(fields))


def _field(name: str, listed: tuple[StrEnum, ...], held: str) -> FieldView:
    return FieldView(
        name=name,
        label=_LABELS[name],
        value=held,
        kind=FieldKind.CHOICE if listed else FieldKind.TEXT,
        required=not listed and name not in _OPTIONAL,
        options=tuple((each.value, text(f"{_PREFIX[name]}_{each.value}")) for each in listed),
        span=_SPANS.get(name, 1),
    )


def _owner(state: CounterState) -> str:
    return usual_owner(state.clerk.number if state.clerk else "", state.window)


def _after(way: EndingWay | None, paper: str | None) -> AfterView | None:
    lines = {
        EndingWay.ANSWERED: (IconLine("ph.check-circle", "记为咨询已答复"),),
        EndingWay.REGISTERED: (
            IconLine("ph.printer", f"打印{paper} 1 份" if paper else "不出单据，登记号会显示出来"),
            IconLine("ph.timer", "首问责任在您，直到有人接办"),
        ),
        EndingWay.LEFT: (IconLine("ph.info", "记下离开的原因，不出单据"),),
        EndingWay.PICK_UP: (
            IconLine("ph.check-circle", "办件记为已送达"),
            IconLine("ph.identification-card", "记下领取人和时间"),
        ),
        EndingWay.WITHDRAWAL: (
            IconLine("ph.printer", f"打印{paper} 1 份，群众签收"),
            IconLine("ph.arrow-u-up-left", "收下的材料退还群众"),
        ),
    }
    return AfterView("结束以后", lines[way]) if way is not None else None

"""The page while F11 stands open, as drawn: item, situations, the grounds, and the paper that would come out."""

from dataclasses import replace

from app.domain.refusal_grounds import Ground, GroundCase, GroundKind
from app.domain.work.card import Section, WorkCard
from app.domain.work.refusing import chosen_case, chosen_ground, grounds_of, hindrances, needs_office, sheet_of
from ui.screens.counter.build.sections import sections
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.slip_views import AfterView, PrimaryView, SlipView
from ui.widgets.views import IconLine, KeyHintView, Strong, Tag, Tone, Words
from ui.widgets.work_views import GroundView, RefusalView, SectionState, SectionView

PAPER = "不予受理通知书"
SECTION = 3
"""The open section of the refusal's spine."""

_TITLES = {
    GroundKind.NOT_NEEDED: "依法不需要取得行政许可",
    GroundKind.NOT_OURS: "不属于本机关职权范围",
    GroundKind.INCOMPLETE: "材料不齐或不合法定形式",
}
_DETAILS = {
    GroundKind.NOT_NEEDED: "行政许可法第三十二条第一款第（一）项 · 即时告知不受理",
    GroundKind.NOT_OURS: "行政许可法第三十二条第一款第（二）项 · 即时决定，并告知向谁申请",
    GroundKind.INCOMPLETE: "不能用不予受理，请按 F9 出一次性告知单",
}


def refusal_sections(state: CounterState, card: WorkCard) -> tuple[SectionView, ...]:
    """Return the four sections of the drawing."""
    item, situations, *_ = sections(state, card, Section.FORM)
    answered = card.item is not None and all(each.key in card.answers for each in card.item.situations)
    asked = replace(situations, trailing=(), state=situations.state if answered else SectionState.TODO)
    listed, sheet = grounds_of(card), sheet_of(card)
    chosen = sheet.ground if sheet is not None else 0
    return (
        replace(item, trailing=()),
        asked,
        SectionView(
            SECTION,
            "理由",
            "不予受理的理由",
            SectionState.CURRENT,
            tags=(Tag(f"已选 {chosen}", Tone.PRI),) if chosen else (),
            hints=(KeyHintView(f"1–{len(listed)}" if len(listed) > 1 else "1", "选理由"), KeyHintView("Esc", "返回")),
            body=_body(card, listed),
        ),
        SectionView(4, "出单", "出单", SectionState.TODO, summary=(Strong(PAPER), "　1 份，盖专用印章")),
    )


def refusal_slip(right: SlipView, card: WorkCard) -> SlipView:
    """Return the right pane: this paper, what F11 does, and what it still needs."""
    missing = hindrances(card)
    foot = IconLine("ph.shield-check", "出单后抄送值班经理，纳入抽查") if not missing else None
    return replace(
        right,
        kind=PAPER,
        tag=Tag(f"将出：{PAPER}", Tone.ERR),
        after=AfterView(
            "按 F11 以后",
            (
                IconLine("ph.printer", "打印 1 份，群众签收"),
                IconLine("ph.arrow-u-up-left", "收下的材料退还群众"),
                IconLine("ph.shield-check", "抄送值班经理，记入退件台账"),
            ),
        ),
        foot=foot or IconLine("ph.info", text(missing[0].value)),
        primary=PrimaryView(f"打印{PAPER}", "act_reject", not missing),
    )


def refusal_words(card: WorkCard) -> Words:
    """Return what to say: the law, and where to go."""
    ground, sheet = chosen_ground(card), sheet_of(card)
    name = card.item.short if card.item is not None else "业务"
    if ground is None or sheet is None:
        return ("“请稍候，我给您解释一下为什么不能办。”",)
    match ground.kind:
        case GroundKind.NOT_NEEDED:
            return ("“您好，根据", Strong("行政许可法"), "，这项业务不需要办理，您可以直接去做。”")
        case GroundKind.NOT_OURS:
            return ("“这项业务由", Strong(sheet.office.strip() or "别的机关"), "办理，我先帮您联系好。”")
        case _:
            return ("“对不起，根据", Strong("公布的规定"), f"，您的{name}不能办理，请原谅。”")


def _body(card: WorkCard, listed: tuple[Ground, ...]) -> RefusalView:
    sheet, case = sheet_of(card), chosen_case(card)
    if sheet is None:
        return RefusalView(())
    return RefusalView(
        grounds=tuple(_ground(n == sheet.ground, each, case) for n, each in enumerate(listed, start=1)),
        chosen=sheet.ground,
        elsewhere=needs_office(card),
        office=sheet.office,
        phoned=sheet.phoned,
        call=_call(card, phoned=sheet.phoned),
        reason=sheet.reason,
    )


def _ground(chosen: bool, ground: Ground, case: GroundCase | None) -> GroundView:  # noqa: FBT001 - this line or not
    if ground.kind is GroundKind.PUBLISHED:
        return GroundView(ground.cases[0].name, ground.cases[0].tell)
    meant = f" · {case.name}" if chosen and case is not None else ""
    more = "（再按一次换一种）" if meant and len(ground.cases) > 1 else ""
    return GroundView(_TITLES[ground.kind], f"{_DETAILS[ground.kind]}{meant}{more}", ground.refusable)


def _call(card: WorkCard, *, phoned: bool | None) -> str:
    if not needs_office(card):
        return "不用打电话"
    if phoned is None:
        return "问过了按 Y，没打通按 N"
    return "已电话联系，对方可以接待" if phoned else "没打通，把电话号码给群众"

"""What the questions of F3 补正 and F4 不予受理 show: the strip above the keys, and the sheet in the centre."""

from app.domain.catalogue.item import Item
from app.domain.refusal_grounds import GroundKind
from app.domain.work.materials import SHORT
from ui.screens.floor.view_model import SheetRow, SheetView, StripView
from ui.screens.review.answers import fault_lines, faults, listed_grounds
from ui.screens.review.state import Ask, Question
from ui.texts import text
from ui.widgets.views import Tone

_GROUNDS = {
    GroundKind.NOT_NEEDED: "依法不需要取得行政许可",
    GroundKind.NOT_OURS: "不属于本机关职权范围",
    GroundKind.INCOMPLETE: "材料不齐：按 F3 补正",
    GroundKind.PUBLISHED: "事项公布的不予受理情形",
}

_WRITTEN = {
    Question.OFFICE: ("该到哪个机关申请", "先替申请人打电话问清楚"),
    Question.WHY: ("查明的事实", "按 Enter 看通知书"),
}


def answer_strip(ask: Ask) -> StripView:
    """Return what such a question shows."""
    match ask.question:
        case Question.SHORT:
            count = faults(ask.card) if ask.card is not None else 0
            title = f"要补正 {count} 项{_last(ask)}"
            return StripView(title, consequence=text("answer_short_hint"), editor=ask.words)
        case Question.NOTICE:
            return StripView(
                "补正", consequence="一次告知全部要补的，五日的期限到此为止；编号，告知书待打印盖章", ready=True
            )
        case Question.GROUND:
            chosen = next((str(n) for n, _, _, on in listed_grounds(ask) if on), "")
            return StripView("不予受理的理由", chosen, "按数字选，再按一次换一种情形", ready=bool(chosen))
        case Question.PHONED:
            return StripView("打电话问过那边吗", hints=(("1", "问过了"), ("2", "没打通")))
        case question if question in _WRITTEN:
            title, words = _WRITTEN[question]
            return StripView(title, consequence=words, editor=ask.words)
        case _:
            return StripView("不予受理", consequence="编号，告知救济途径，通知书待打印盖章", ready=True)


def answer_sheet(ask: Ask, item: Item) -> SheetView | None:
    """Return the materials or the grounds by number while they are chosen from; None for the other questions."""
    if ask.card is None:
        return None
    if ask.question is Question.SHORT:
        rows = tuple(
            SheetRow(
                (str(n), name, f"{text(f'verdict_{verdict.value}') if verdict else '未看'}　{what}".strip()),
                _tone(verdict),
            )
            for n, name, verdict, what in fault_lines(ask.card)
        )
        return SheetView("哪些材料要补正", item.name, ("", "材料", ""), (8, 46, 46), rows, "没有材料")
    if ask.question is Question.GROUND:
        rows = tuple(
            SheetRow((f"{n} 选中" if on else str(n), _GROUNDS[GroundKind(kind)], case), Tone.ERR if on else Tone.PRI)
            for n, kind, case, on in listed_grounds(ask)
        )
        return SheetView(
            "不予受理的理由", "只有法定的几种", ("", "", "情形"), (12, 40, 48), rows, "这个事项没有公布理由"
        )
    return None


def _last(ask: Ask) -> str:
    """Return what is wrong with the last faulty material, so that each entry is answered by another title."""
    short = [(n, what or "缺") for n, _, verdict, what in fault_lines(ask.card) if verdict in SHORT] if ask.card else []
    return f" · {'、'.join(f'{n} {what}' for n, what in short)}"[:40] if short else ""


def _tone(verdict: object) -> Tone:
    return Tone.ERR if verdict in SHORT else Tone.PLAIN

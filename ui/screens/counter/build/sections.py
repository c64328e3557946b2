"""The five sections of the work card, open or on one line."""

from collections.abc import Mapping

from app.domain.business_day import business_date
from app.domain.case import CaseState
from app.domain.catalogue.material import Material, MaterialForm, Necessity, Source
from app.domain.situation_words import answer_words
from app.domain.work.card import Section, WorkCard
from app.domain.work.materials import LineState, MaterialSheet, Verdict
from ui.screens.counter.build import notice, wording
from ui.screens.counter.build.copies import all_words, row_words
from ui.screens.counter.build.form import form_section
from ui.screens.counter.build.idle import due_view
from ui.screens.counter.build.items import changed_note, item_hints, items_view, promise
from ui.screens.counter.state import CounterState
from ui.widgets.views import KeyHintView, NoteView, Strong, Tag, Tone, Words
from ui.widgets.work_views import (
    MaterialRowView,
    MaterialsView,
    OptionView,
    OutcomeView,
    QuestionView,
    ResultView,
    SectionState,
    SectionView,
    SituationsView,
    VerdictChoice,
)

_SOURCES = {Source.SELF: "申请人", Source.GOVERNMENT: "政府部门", Source.OTHER: "其他单位"}
_LABELS = {
    Section.ITEM: ("事项", "办什么事项"),
    Section.SITUATIONS: ("情形", "问清情形"),
    Section.MATERIALS: ("材料", "核对材料"),
    Section.FORM: ("表单", "填写表单"),
    Section.OUTCOME: ("出单", "出单"),
}


_MISSING = NoteView("ph.info", Tone.WARN, (("还有缺的材料，F9 出告知单。",),))


def sections(state: CounterState, card: WorkCard, current: Section | None) -> tuple[SectionView, ...]:
    """Return the spine; ``current`` is the open section, None once the slip is out."""
    return (
        _item(state, card, current),
        _situations(card, current),
        _materials(card, current, state.copies),
        form_section(card, current, _LABELS[Section.FORM], full=state.revealed),
        _outcome(state, current),
    )


def spine_state(section: Section, current: Section | None) -> SectionState:
    """Return the dot: done before the current section, to do behind it."""
    if section is current:
        return SectionState.CURRENT
    return SectionState.DONE if current is None or section < current else SectionState.TODO


def _item(state: CounterState, card: WorkCard, current: Section | None) -> SectionView:
    label, title = _LABELS[Section.ITEM]
    dot = spine_state(Section.ITEM, current)
    if current is Section.ITEM:
        note = changed_note(state, card)
        return SectionView(1, label, title, dot, hints=item_hints(state, card), body=items_view(state, card), note=note)
    if card.item is None:
        return SectionView(1, label, title, dot)
    return SectionView(
        1,
        label,
        title,
        dot,
        summary=(Strong(card.item.name),),
        tags=(Tag(card.item.case_type.value, Tone.PRI),),
        trailing=(promise(card.item),) if current is not None else (),
        jump=current is not None,
    )


def _situations(card: WorkCard, current: Section | None) -> SectionView:
    label, title = _LABELS[Section.SITUATIONS]
    dot = spine_state(Section.SITUATIONS, current)
    if card.item is None:
        return SectionView(2, label, title, dot, summary=("选好事项后再问",))
    if current is Section.SITUATIONS:
        return SectionView(2, label, title, dot, hints=_situation_hints(card), body=_questions(card))
    count = len(card.materials.lines)
    answers = tuple(
        answer_words(each, card.answers[each.key]) for each in card.item.situations if each.key in card.answers
    )
    unasked = "没有问情形" if card.item.situations else "本事项不分情形"
    return SectionView(
        2,
        label,
        title,
        dot,
        summary=(" · ".join(answers) if answers else unasked,),
        trailing=(f"→ 共 {count} 件材料",) if card.current_question is None else (),
        jump=current is not None and bool(card.item.situations),
    )


def _situation_hints(card: WorkCard) -> tuple[KeyHintView, ...]:
    asked = card.current_question
    most = len(asked.options) if asked else 1
    return KeyHintView(f"1–{most}" if most > 1 else "1", "回答"), KeyHintView("Enter", "其余按常见情形")


def _questions(card: WorkCard) -> SituationsView:
    assert card.item is not None
    situations, asked = card.item.situations, card.current_question
    questions = tuple(
        QuestionView(
            each.ask,
            tuple(OptionView(option, suggested=n == 0) for n, option in enumerate(each.options)),
            each.options.index(card.answers[each.key]) if each.key in card.answers else None,
        )
        for each in situations
    )
    return SituationsView(questions, situations.index(asked) if asked else 0)


def _materials(card: WorkCard, current: Section | None, copies: Mapping[str, int]) -> SectionView:
    label, title = _LABELS[Section.MATERIALS]
    dot = spine_state(Section.MATERIALS, current)
    sheet = card.materials
    states = sheet.states()
    again = sum(each.recheck for each in states)
    if card.item is None or card.current_question is not None or current in (Section.ITEM, Section.SITUATIONS):
        if again:
            summary = (f"{again} 件要再看一眼，其余照旧",)
            return SectionView(3, label, title, SectionState.REVIEW, summary=summary, jump=True)
        return SectionView(3, label, title, dot, summary=("情形问清后列出全部材料",))
    settled = sum(not each.open and not each.short for each in states)
    short = sum(each.short for each in states)
    if current is Section.MATERIALS:
        judged = notice.judged(card) if short else ""
        return SectionView(
            3,
            label,
            title,
            dot,
            tags=(Tag(f"{settled} 齐" if judged else f"{settled}/{len(states)} 已齐", Tone.OK),)
            + (Tag(f"{short} 件缺", Tone.ERR),) * bool(short)
            + (Tag(f"{again} 件要再看一眼", Tone.WARN),) * bool(again),
            hints=() if judged else _material_hints(states),
            note_right=judged,
            body=MaterialsView(
                tuple(_row(sheet, each, copies) for each in states), notice.shorts(card), notice.shorts_note(card)
            ),
        )
    exempt = sum(each.mark is not None and each.mark.verdict is Verdict.EXEMPT for each in states)
    still = sum(each.open for each in states)
    later = sum(each.mark is not None and each.mark.verdict is Verdict.DEFERRED for each in states)
    good = f"{len(states) - later} 件齐，{later} 件容缺" if later else f"{len(states)} 件全齐"
    whole = f"共 {len(states)} 件，{still} 件没核对" if still else good
    words = f"缺 {short} 件，共 {len(states)} 件" if short else whole
    words = "，".join(filter(None, (words, all_words(copies))))
    return SectionView(
        3,
        label,
        title,
        SectionState.ERROR if short else SectionState.REVIEW if again else dot,
        summary=(words, f"（{exempt} 件免交）") if exempt else (words,),
        jump=current is not None,
        note=_MISSING if short else None,
    )


def _material_hints(states: tuple[LineState, ...]) -> tuple[KeyHintView, ...]:
    hints = [KeyHintView(f"1–{min(9, len(states))}", "标缺"), KeyHintView("Enter", "齐，下一行")]
    if any(each.line.material.deferrable for each in states):
        hints.append(KeyHintView("*", "容缺"))
    hints.append(KeyHintView("/", "不符"))
    if any(each.line.exempt for each in states):
        hints.append(KeyHintView(".", "免交"))
    return (*hints, KeyHintView("+", "其余全齐"))


def _row(sheet: MaterialSheet, line: LineState, copies: Mapping[str, int]) -> MaterialRowView:
    material = line.line.material
    choices = [VerdictChoice(Verdict.OK, "齐"), VerdictChoice(Verdict.MISSING, "缺", not line.line.exempt)]
    if material.deferrable:
        choices.append(VerdictChoice(Verdict.DEFERRED, "容缺"))
    if line.line.exempt:
        choices.append(VerdictChoice(Verdict.EXEMPT, "免交"))
    verdict = line.mark.verdict if line.mark else None
    return MaterialRowView(
        name=material.name,
        hint=" · ".join(filter(None, (row_words(copies, material.id), _hint(sheet, line)))),
        need=_need(line),
        source="读证自动" if line.automatic and material.identity else _SOURCES[material.source],
        verdict=Verdict.MISSING if verdict is Verdict.DEFECTIVE else verdict,
        choices=tuple(choices),
        group=line.line.group or "",
        recheck=line.recheck and not line.waived,
        waived=line.waived,
    )


def _hint(sheet: MaterialSheet, line: LineState) -> str:
    """Return the most important thing to know of a line."""
    material = line.line.material
    read = material.identity and line.automatic and sheet.card_read
    hints = (
        "前面改过，要再看一眼" if line.recheck else "",
        "同组已有一件，不必再交" if line.waived else "",
        "身份证已读取，免交复印件" if read else "",
        ("联网核验失败，请群众交" if _failed(line) else "联网核验，不用交") if line.line.exempt else "",
        "几选一，交一件即可" if line.line.group else "",
        line.line.detail,
        _forms(material),
        material.note,
        f"{material.issuer}核发" if material.issuer else "",
    )
    return next(filter(None, hints), "")


def _failed(line: LineState) -> bool:
    """Whether the data of a shared line could not be verified (domain rule L07)."""
    return line.mark is not None and line.mark.check_failed


def _forms(material: Material) -> str:
    if material.blank_form:
        return "窗口有空白表和样表" if material.sample else "窗口有空白表"
    return "窗口有样本" if material.sample else ""


def _need(line: LineState) -> str:
    material = line.line.material
    if line.line.exempt and not _failed(line):
        return "免提交"
    match material.form:
        case MaterialForm.ORIGINAL_CHECKED:
            words = "验原件"
        case MaterialForm.ORIGINAL_CHECKED_COPY:
            words = f"验原件，复印件 {max(1, material.copies)} 份"
        case MaterialForm.COPY:
            words = f"复印件 {max(1, material.copies)} 份"
        case MaterialForm.ELECTRONIC:
            words = "电子件"
        case _:
            words = f"原件 {max(1, material.originals)} 份"
    return f"{words}（可容缺）" if material.necessity is Necessity.DEFERRABLE else words


def _outcome(state: CounterState, current: Section | None) -> SectionView:
    label, title = _LABELS[Section.OUTCOME]
    if state.issued is not None:
        return SectionView(5, label, title, SectionState.CURRENT, body=OutcomeView(result=_result(state)))
    if current is Section.OUTCOME:
        return SectionView(5, label, title, SectionState.CURRENT, summary=_outlook(state), body=OutcomeView())
    will = notice.outcome_summary() if notice.is_short(state.card) else ("核对完自动判断：受理、办结",)
    return SectionView(5, label, title, SectionState.TODO, summary=will)


def _outlook(state: CounterState) -> Words:
    if state.card is not None and any(each.short for each in state.card.materials.states()):
        return ("缺的材料补齐后再来，按 ", Strong("F9"), " 出告知单")
    return ("都齐了，按 ", Strong("F10"))


def _result(state: CounterState) -> ResultView | None:
    case = state.issued
    if case is None:
        return None
    time = wording.clock(case.accepted_ms)
    if case.promised_due is None or case.state is CaseState.DELIVERED:
        return ResultView(f"已办结　{time}", case.case_no, explanation="当场办结，结果已交给群众。")
    clock = due_view(case, business_date(state.now_ms), state.calendar, state.lights) if state.calendar else None
    words = clock[0].spoken.rpartition("最迟")[2] if clock else case.promised_due
    return ResultView(
        f"已受理　{time}",
        case.case_no,
        due=clock[0] if clock else None,
        due_label="承诺办结",
        due_date=words,
        due_note="暂定" if case.provisional else "",
        explanation="从明天起算，双休日和节假日不计。"
        + ("跨入放假安排未公布的年度，日期暂定。" if case.provisional else ""),
    )

"""Section 4: the form, what the identity card brought in and what is still to fill."""

from app.domain.catalogue.form import FieldCheck, FieldFault, FieldProblem, FormField
from app.domain.masking import mask_address, mask_identity_number, mask_name, mask_phone
from app.domain.person import Slot
from app.domain.work.card import Section, WorkCard
from app.domain.work.form_sheet import FormSheet
from ui.screens.counter.build import notice
from ui.texts import text
from ui.widgets.views import KeyHintView, Strong, Words
from ui.widgets.work_views import FieldKind, FieldView, FormView, SectionState, SectionView

_WIDE = 200
"""A field that may be this long takes the whole width."""
_LONG = 80

_MASKS = {
    "name": mask_name,
    "number": mask_identity_number,
    "address": mask_address,
    "phone": mask_phone,
}
_CHECKED = {
    FieldCheck.IDENTITY: FieldKind.IDENTITY,
    FieldCheck.USCC: FieldKind.IDENTITY,
    FieldCheck.DATE: FieldKind.DATE,
}
_EDITABLE = frozenset({"premises"})
"""What the card only suggests: a shop is seldom where its owner is registered."""


def form_section(card: WorkCard, current: Section | None, names: tuple[str, str], *, full: bool) -> SectionView:
    """Return section 4, open or on one line."""
    label, title = names
    sheet = card.form
    if sheet is None:
        return SectionView(4, label, title, SectionState.TODO, summary=("选好事项后再填",) if card.item is None else ())
    if current is Section.FORM:
        return SectionView(
            4,
            label,
            title,
            _dot(sheet),
            note_right=f"身份证带入 {sheet.brought_in()} 项" if sheet.brought_in() else "",
            hints=(KeyHintView("Enter", "下一个要填的"), KeyHintView("Tab", "下一项"), *_further_people(card, sheet)),
            body=FormView(
                tuple(
                    _field(sheet, each, _problem(sheet, each), full=full, again=each.name in card.recheck_fields)
                    for each in sheet.form.fields
                ),
                resume=(*sheet.typed,)[-1] if sheet.typed else "",
            ),
        )
    if current is Section.MATERIALS and notice.is_short(card):
        return SectionView(4, label, title, SectionState.TODO, summary=notice.form_summary(card), jump=True)
    done = current is None or current is Section.OUTCOME
    settled = SectionState.DONE if done and not sheet.problems() else SectionState.TODO
    return SectionView(
        4,
        label,
        title,
        SectionState.REVIEW if card.recheck_fields else settled,
        summary=_summary(sheet),
        jump=current is not None,
    )


def _dot(sheet: FormSheet) -> SectionState:
    """Return red while something typed is wrong; what is only still to fill is no error."""
    wrong = any(each.fault is not FieldFault.REQUIRED for each in sheet.problems())
    return SectionState.ERROR if wrong else SectionState.CURRENT


def _further_people(card: WorkCard, sheet: FormSheet) -> tuple[KeyHintView, ...]:
    """Return the keys of the places this form asks for and nobody sits in."""
    asked = {(each.prefill or "").partition(".")[0] for each in sheet.form.fields}
    hints = []
    if Slot.GUARDIAN in asked and card.guardian is None:
        hints.append(KeyHintView("Alt 8", "录监护人"))
    if Slot.ORGANISATION in asked and card.organisation is None:
        hints.append(KeyHintView("Alt 9", "录单位"))
    return tuple(hints)


def _summary(sheet: FormSheet) -> Words:
    to_fill = sheet.to_fill()
    count = sheet.brought_in()
    brought = f"身份信息 {count} 项已带入，" if count else ""
    if to_fill:
        return (f"{brought}还需填 ", Strong("、".join(each.short for each in to_fill)))
    if sheet.problems():
        return ("还有 ", Strong(str(len(sheet.problems()))), " 处要改")
    return (f"{len(sheet.form.fields)} 项已填",)


def _problem(sheet: FormSheet, form_field: FormField) -> FieldProblem | None:
    """Return what is wrong, but let an empty field be: it is only still to fill."""
    found = next((each for each in sheet.problems() if each.field == form_field.name), None)
    return None if found is None or found.fault is FieldFault.REQUIRED else found


def _field(
    sheet: FormSheet, form_field: FormField, problem: FieldProblem | None, *, full: bool, again: bool
) -> FieldView:
    fixed = _from_card(sheet, form_field)
    return FieldView(
        name=form_field.name,
        label=form_field.title,
        value=sheet.value(form_field) if full or not fixed else _masked(sheet, form_field),
        kind=_kind(form_field),
        required=form_field.required,
        error=_error(form_field, problem) or (text("field_recheck") if again else ""),
        recheck=again,
        options=tuple((each, each) for each in form_field.options),
        readonly=fixed,
        span=3 if form_field.max_length > _WIDE else 2 if form_field.max_length > _LONG else 1,
    )


def _error(form_field: FormField, problem: FieldProblem | None) -> str:
    """Say what to do about a wrong value; a field that the guide explains says it in the guide's words."""
    if problem is None:
        return ""
    if form_field.help and problem.fault in (FieldFault.PATTERN, FieldFault.CHECK):
        return form_field.help
    return text(f"field_{problem.fault.value}", **problem.values)


def _from_card(sheet: FormSheet, form_field: FormField) -> bool:
    """Say whether the value came from the card: it is not typed over."""
    return (
        form_field.name not in sheet.typed
        and form_field.name not in _EDITABLE
        and (form_field.prefill or "").startswith(("applicant.", "agent.", "guardian.", "organisation."))
        and bool(sheet.value(form_field))
    )


def _masked(sheet: FormSheet, form_field: FormField) -> str:
    mask = _MASKS.get((form_field.prefill or "").rpartition(".")[2])
    value = sheet.value(form_field)
    return mask(value) if mask else value


def _kind(form_field: FormField) -> FieldKind:
    if form_field.options:
        return FieldKind.CHOICE
    pattern = form_field.pattern or ""
    if form_field.check is not None:
        return _CHECKED[form_field.check]
    if "phone" in form_field.name or "tel" in form_field.name:
        return FieldKind.PHONE
    if pattern.strip("^$").startswith(("[0-9]", r"\d")):
        return FieldKind.DIGITS
    return FieldKind.TEXT

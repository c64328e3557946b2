"""The centre: the chosen case as it was taken in, its persons masked, and who had it when."""

from collections.abc import Iterator
from datetime import date

from app.domain.case import Case
from app.domain.case_step import Stage, stages
from app.domain.catalogue.item import Item
from app.domain.decision import decision_of
from app.domain.masking import mask_identity_number, mask_name, mask_phone
from app.domain.receipt import date_words
from app.domain.upward import HigherResult, upward_of
from app.domain.work.materials import Verdict
from ui.screens.counter.build import wording
from ui.screens.counter.build.idle import due_view
from ui.screens.floor.view_model import SheetRow, SheetView
from ui.screens.review.build.lists import standing
from ui.screens.review.facts import Facts
from ui.screens.review.state import ReviewState
from ui.texts import text
from ui.widgets.views import DueLevel, Tone

_TONES = {DueLevel.RED: Tone.ERR, DueLevel.YELLOW: Tone.WARN}
_VERDICTS = {Verdict.OK.value: Tone.OK, Verdict.DEFERRED.value: Tone.WARN}
_PERSONAL = ("applicant.", "agent.", "organisation.")
_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000


def about(state: ReviewState) -> SheetView | None:
    """Return number, people, limits and how the case stands."""
    facts, case = state.facts, state.case
    if facts is None or case is None:
        return None
    rows = tuple(_about(facts, case))
    return SheetView(case.item_name, case.case_no, ("", ""), (22, 78), rows)


def materials(state: ReviewState) -> SheetView | None:
    """Return every material with the verdict of the window."""
    facts, case = state.facts, state.case
    if facts is None or case is None:
        return None
    item = facts.item(case)
    rows = tuple(_material(item, key, each) for key, each in case.verdicts.items()) if item is not None else ()
    good = sum(each.get("verdict") == Verdict.OK.value for each in case.verdicts.values())
    return SheetView("材料", f"齐 {good} / {len(rows)}", ("", ""), (24, 76), rows, "没有材料")


def form(state: ReviewState) -> SheetView | None:
    """Return the situations and the form as they were filled in at the window; what names somebody is masked."""
    facts, case = state.facts, state.case
    if facts is None or case is None:
        return None
    item = facts.item(case)
    rows = tuple(_filled(item, case)) if item is not None else ()
    return SheetView("情形和申请表", "窗口填的，不用重录 · PgDn 往下看", ("", ""), (36, 64), rows, "没有填写")


def steps(state: ReviewState) -> SheetView | None:
    """Return each hand-over with its moment and how long the step before it took."""
    case = state.case
    if case is None:
        return None
    rows = tuple(_step(each) for each in stages(case))
    upward = upward_of(case)
    notes = upward.notes if upward is not None else ()
    more = tuple(
        SheetRow((text(f"upward_{each.stage.value}"), f"{each.clerk} {each.text}", f"{wording.moment(each.at_ms)}"))
        for each in notes
    )
    return SheetView(
        "经过", "每一步交接的用时 · → 材料和申请表", ("环节", "经办", "时间"), (22, 36, 42), (*rows, *more)
    )


def took_words(milliseconds: int) -> str:
    """Return ``2天3小时``, ``3小时5分``, ``4分``."""
    days, rest = divmod(milliseconds, _DAY_MS)
    hours, rest = divmod(rest, _HOUR_MS)
    minutes = rest // _MINUTE_MS
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
    return f"{minutes}分" if minutes else "不到1分"


def _about(facts: Facts, case: Case) -> Iterator[SheetRow]:
    word, tone = standing(case, facts.today)
    yield SheetRow(("状态", word if case.case_id in facts.whole else f"{word}，内容正在取"), tone)
    yield SheetRow(("申请人", _person(case)))
    if case.agent:
        yield SheetRow(("代理人", mask_name(str(case.agent.get("name", "")))))
    yield SheetRow(("受理", f"{date_words(case.accepted_on)}　{case.window} 窗口　{case.clerk} 号"))
    clock = due_view(case, facts.today, facts.calendar, facts.catalogue.cards.lights)
    provisional = "（暂定）" if case.provisional else ""
    if case.promised_due is not None:
        words = f"{date_words(case.promised_due)}{provisional}　{clock[1] if clock else ''}".strip()
        yield SheetRow(("承诺办结", words), _TONES.get(clock[0].level, Tone.PLAIN) if clock else Tone.PLAIN)
    yield SheetRow(("法定期限", f"{date_words(case.statutory_due)}{provisional}" if case.statutory_due else "未起算"))
    if case.deferred:
        latest = max(case.deferred.values())
        yield SheetRow(
            ("容缺", f"还有 {len(case.deferred)} 项没补齐，最迟 {wording.day(date.fromisoformat(latest))}"), Tone.WARN
        )
    yield from _outcome(facts, case)


def _outcome(facts: Facts, case: Case) -> Iterator[SheetRow]:
    upward = upward_of(case)
    if upward is not None:
        result = upward.result
        words = f"{upward.organ}　代理责任人 {upward.clerk} 号"
        if upward.next_contact_on:
            words = f"{words}　下次联系最迟 {wording.day(date.fromisoformat(upward.next_contact_on))}"
        yield SheetRow(("上报", words), standing(case, facts.today)[1])
        if result is not None:
            yield SheetRow(
                (
                    "上级结果",
                    f"{'准予' if result.granted else '不予'}　{result.doc_no}　{result.organ}　{result.on}"
                    + _scan(result),
                )
            )
    decision = decision_of(case)
    if decision is not None:
        yield SheetRow(("决定", f"{decision.doc_no}　{date_words(decision.on)}"), Tone.PRI)


def _scan(result: HigherResult) -> str:
    """Return the beginning of the hash of the document's file, by which it is told apart."""
    return f"　扫描件 {result.file_hash[:8]}" if result.file_hash else ""


def _person(case: Case) -> str:
    person = case.applicant
    parts = [
        mask_name(str(person.get("name", ""))),
        mask_identity_number(str(person.get("number", ""))),
        mask_phone(str(person.get("phone") or "")),
    ]
    if case.organisation:
        parts.insert(0, str(case.organisation.get("name", "")))
    return "　".join(filter(None, parts))


def _material(item: Item, key: str, mark: object) -> SheetRow:
    material = item.material(key)
    verdict = str(mark.get("verdict", "")) if isinstance(mark, dict) else ""
    reason = str(mark.get("reason") or "") if isinstance(mark, dict) else ""
    name = material.name if material is not None else key
    return SheetRow((text(f"verdict_{verdict}"), f"{name}　{reason}".strip()), _VERDICTS.get(verdict, Tone.PLAIN))


def _filled(item: Item, case: Case) -> Iterator[SheetRow]:
    for key, answer in case.answers.items():
        asked = item.situation(key)
        yield SheetRow((asked.ask if asked is not None else key, answer))
    for each in item.form.fields:
        value = case.form.get(each.name)
        if value not in (None, ""):
            yield SheetRow((each.short or each.title, _masked(each.prefill or "", str(value))))


def _masked(source: str, value: str) -> str:
    """Return what a field holds, masked where it was filled from somebody's card."""
    if not source.startswith(_PERSONAL) or source.startswith("organisation."):
        return value
    match source.rpartition(".")[2]:
        case "name":
            return mask_name(value)
        case "number":
            return mask_identity_number(value)
        case "phone":
            return mask_phone(value)
        case _:
            return value


def _step(stage: Stage) -> SheetRow:
    handed = stage.handed
    took = f"，用时{took_words(stage.took_ms)}" if stage.took_ms or handed.step.value != "intake" else ""
    who = f"{handed.clerk} 号　{handed.window}"
    return SheetRow((text(f"step_{handed.step.value}"), who, f"{wording.moment(handed.at_ms)}{took}"), Tone.OK)

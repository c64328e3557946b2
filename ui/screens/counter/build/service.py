"""送达 on the screen: what has to be served, in which way, and the page of what the proof must say (rule L20)."""

from collections.abc import Sequence
from typing import Final

from app.domain.business_day import business_date
from app.domain.case import Case, CaseState
from app.domain.decision import DecisionKind, decision_of
from app.domain.decision_paper import document_words
from app.domain.masking import mask_name
from app.domain.service import WORDS, ServiceMode
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.screens.service.state import ServiceState
from ui.screens.service.view_model import ServiceView
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone
from ui.widgets.work_views import EndingFormView, FieldKind, FieldView

SHOWN: Final = 5
"""As many as the pane has room for in the smallest window."""
MORE: Final = SHOWN + 1
_ICON = "ph.envelope-simple"
_MODES: Final = (
    (ServiceMode.LEFT, "拒收，留置送达", "写明事由和见证人"),
    (ServiceMode.POST, "邮寄送达", "写邮件号码，按回执签收的日期"),
    (ServiceMode.ELECTRONIC, "电子送达", "要受送达人同意"),
    (ServiceMode.DIRECT, "当面送达", "送上门，或者由人代收"),
)
_LABELS = {
    "tracking": "邮件号码",
    "consent": "同意电子送达的凭据",
    "reason": "拒收事由",
    "witnesses": "见证人（姓名、单位）",
    "receiver": "收件人",
    "relation": "与受送达人的关系",
}
_PLACES = {
    ServiceMode.LEFT: "留置地点",
    ServiceMode.POST: "寄往地址",
    ServiceMode.ELECTRONIC: "电子地址",
    ServiceMode.DIRECT: "送达地点",
}
_DAYS = {
    ServiceMode.LEFT: "送达日期",
    ServiceMode.POST: "签收日期",
    ServiceMode.ELECTRONIC: "到达日期",
    ServiceMode.DIRECT: "送达日期",
}
_FIELDS: Final = {
    ServiceMode.LEFT: ("reason", "witnesses", "place", "receiver", "relation", "day"),
    ServiceMode.POST: ("tracking", "place", "receiver", "relation", "day"),
    ServiceMode.ELECTRONIC: ("consent", "place", "receiver", "relation", "day"),
    ServiceMode.DIRECT: ("place", "receiver", "relation", "day"),
}
_NEEDED = frozenset({"tracking", "consent", "reason", "witnesses", "day"})
_SPANS = {"reason": 2, "witnesses": 1, "place": 2, "consent": 1}


def just_refused(state: CounterState) -> Case | None:
    """Return the refusal whose paper the citizen at the window was given, until its service is on record."""
    case = state.issued
    given = case is not None and case.state is CaseState.REFUSED and case.service is None and paper_given(state)
    return case if given else None


def to_serve(state: CounterState) -> tuple[Case, ...]:
    """Return what lies here for somebody: refusals of a department first, then results."""
    return (*state.unserved, *state.pickup)


def service_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+Y where something has to be served."""
    wanted = just_refused(state) is not None or (state.issued is None and bool(to_serve(state)))
    return (KeyState("act_serve"),) if wanted else ()


def which_question(cases: Sequence[Case], others: int) -> FaultView:
    """Return the list with its digits; ``others`` come on the next page."""
    options = tuple(FaultOption(f"{_applicant(each)}　{document_of(each)}", each.case_no, "送达") for each in cases)
    if others:
        options = (*options, FaultOption("看后面的", f"还有 {others} 件", "下一页"))
    return FaultView(_ICON, "送达哪一件？", "本人来领按 F12 4", options, Tone.PRI)


def modes_for(case: Case) -> tuple[ServiceMode, ...]:
    """Return the ways a document of the case may be served; only a no is left with somebody who refuses it."""
    decision = decision_of(case)
    granted = decision is not None and decision.kind is DecisionKind.GRANTED
    return tuple(mode for mode, _, _ in _MODES if not (granted and mode is ServiceMode.LEFT))


def mode_question(case: Case) -> FaultView:
    """Return the question that follows."""
    allowed = modes_for(case)
    options = tuple(FaultOption(title, detail, "记录") for mode, title, detail in _MODES if mode in allowed)
    return FaultView(_ICON, f"怎样送达 {_applicant(case)}？", document_of(case), options, Tone.PRI)


def document_of(case: Case) -> str:
    """Return the name of what is served."""
    decision = decision_of(case)
    if decision is None:
        return "不予受理通知书"
    return document_words(decision.kind) if decision.kind is DecisionKind.DENIED else case.item_name


def usual(state: CounterState) -> dict[str, str]:
    """Return what stands in the fields before anything is typed."""
    return {"day": business_date(state.now_ms).isoformat()}


def fields_of(service: ServiceState) -> tuple[str, ...]:
    """Return the names of the fields that its way asks for."""
    return _FIELDS[service.mode]


def service_view(state: CounterState, service: ServiceState) -> ServiceView:
    """Return the page."""
    case = service.case
    negative = not (decision := decision_of(case)) or decision.kind is DecisionKind.DENIED
    proof = "送达回证进待出正本；复议、诉讼期限从送达日起算。" if negative else "送达记入办件。"
    return ServiceView(
        title=WORDS[service.mode],
        facts=(
            ("受送达人", _applicant(case)),
            ("文书", document_of(case)),
            ("办件编号", case.case_no),
        ),
        form=EndingFormView("按回执或者送达回证填写", tuple(_field(service, each) for each in fields_of(service))),
        note=f"{proof}按 Esc 返回。",
        action="记下送达",
        error=text(service.error) if service.error else "",
        busy=state.busy,
    )


def _field(service: ServiceState, name: str) -> FieldView:
    mode, address = service.mode, bool(service.case.applicant.get("address"))
    known = name == "place" and mode is not ServiceMode.ELECTRONIC and address
    hints = {"receiver": "空着是本人", "relation": "代收的才写", "day": "年-月-日", "tracking": "字母和数字"}
    return FieldView(
        name=name,
        label=_PLACES[mode] if name == "place" else _DAYS[mode] if name == "day" else _LABELS[name],
        value=service.values.get(name, ""),
        kind=FieldKind.IDENTITY if name == "tracking" else FieldKind.DATE if name == "day" else FieldKind.TEXT,
        required=name in _NEEDED or (name == "place" and not known),
        span=_SPANS.get(name, 1),
        placeholder="空着是身份证上的住址" if known else hints.get(name, ""),
    )


def _applicant(case: Case) -> str:
    return mask_name(str(case.applicant.get("name", "")))

"""投诉登记 on the screen: who, about which window, what happened, what is wished (flows.md section 13)."""

from typing import Final

from app.domain.complaint import CHANNELS, ComplaintChannel, ComplaintSaid
from ui.screens.counter.state import CounterState
from ui.screens.register.state import ComplaintState
from ui.screens.service.view_model import ServiceView
from ui.texts import text
from ui.widgets.work_views import EndingFormView, FieldKind, FieldView

FIELDS: Final = ("words", "wish", "target", "channel", "name", "phone")
_CHANNELS = tuple((each.value, CHANNELS[each]) for each in ComplaintChannel)


def said_of(complaint: ComplaintState) -> ComplaintSaid:
    """Return what was typed."""
    values = {name: complaint.values.get(name, "").strip() for name in FIELDS}
    channel = ComplaintChannel(values.pop("channel") or ComplaintChannel.ON_SITE)
    return ComplaintSaid(**{**values, "target": values["target"].upper()}, channel=channel)


def complaint_view(state: CounterState, complaint: ComplaintState) -> ServiceView:
    """Return the page."""
    return ServiceView(
        title="投诉登记",
        facts=(("对群众说", text("complaint_phrase")),),
        form=EndingFormView("写群众说的原话", tuple(_field(complaint, each) for each in FIELDS)),
        note="交值班经理和监督（投诉）科，不给被投诉的窗口。写姓名和电话是实名，按期书面答复。按 Esc 不登记。",
        error=text(complaint.error) if complaint.error else "",
        busy=state.busy,
        action="登记",
    )


def _field(complaint: ComplaintState, name: str) -> FieldView:
    labels = {
        "words": "反映内容",
        "wish": "诉求",
        "target": "涉及窗口",
        "channel": "投诉方式",
        "name": "姓名",
        "phone": "电话",
    }
    hints = {"wish": "空着是说明情况、给予答复", "target": "例如 A04；空着是大厅", "name": "空着是匿名"}
    kinds = {"channel": FieldKind.CHOICE, "phone": FieldKind.PHONE}
    usual = ComplaintChannel.ON_SITE.value if name == "channel" else ""
    return FieldView(
        name=name,
        label=labels[name],
        value=complaint.values.get(name, usual),
        kind=kinds.get(name, FieldKind.TEXT),
        required=name == "words",
        options=_CHANNELS if name == "channel" else (),
        span={"words": 3, "wish": 3}.get(name, 1),
        placeholder=hints.get(name, ""),
    )

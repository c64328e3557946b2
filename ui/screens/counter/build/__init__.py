"""The counter window's view as a pure function of the presenter's state."""

from app.domain.case import CaseState
from app.domain.disk_room import Room
from app.domain.visit import VisitState
from app.domain.work.card import Section, WorkCard
from app.domain.work.outcome import Outcome, current_section, outcome
from ui.screens.counter.build import manager, notice, rating, take_over
from ui.screens.counter.build.answers import with_answers
from ui.screens.counter.build.beside import beside
from ui.screens.counter.build.block import with_block
from ui.screens.counter.build.conflicts import with_conflicts
from ui.screens.counter.build.contacts import greeting
from ui.screens.counter.build.copies import with_copies
from ui.screens.counter.build.elsewhere import with_elsewhere
from ui.screens.counter.build.idle import idle
from ui.screens.counter.build.keys import keys
from ui.screens.counter.build.laws import lapse_line
from ui.screens.counter.build.offline import offline
from ui.screens.counter.build.onward import with_onward
from ui.screens.counter.build.originals import with_originals
from ui.screens.counter.build.person import person
from ui.screens.counter.build.pickup import with_pickup
from ui.screens.counter.build.rail import rail
from ui.screens.counter.build.sections import sections
from ui.screens.counter.build.slip import side, slip
from ui.screens.counter.build.top import DEVICES, top
from ui.screens.counter.build.upward import with_upward
from ui.screens.counter.build.ways_out import returned_words, waiting_words
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, ServingView
from ui.texts import text
from ui.widgets.views import DeviceState, Strong, Words

_UI_STATES = {
    VisitState.CALLED: "calling",
    VisitState.SERVING: "serving",
    VisitState.ISSUED: "issued",
}


def build(state: CounterState) -> CounterView:
    """Return the whole window."""
    ui_state = _UI_STATES.get(state.visit.state, "idle") if state.visit else "idle"
    card = state.card
    serving = card is not None and ui_state in ("serving", "issued")
    possible = _possible(state, card) if serving and ui_state == "serving" else None
    section = current_section(card) if card is not None and ui_state in ("calling", "serving") else None
    right = slip(state, possible) if serving else side(state)
    say = waiting_words(state) or greeting(state) or _say(state, section)
    page = ServingView(person(state, card), sections(state, card, section), say) if card else None
    view = CounterView(
        ui_state=ui_state,
        top=top(state),
        rail=rail(state),
        centre=page if serving and page is not None else idle(state),
        right=right,
        keys=keys(state, possible),
        busy=state.busy,
        message=_message(state, explained=right.fault is not None),
        section=int(section) if section and serving else (5 if ui_state == "issued" else 0),
        outcome=_outcome(state),
        coming=page if ui_state == "calling" else None,
        asking=state.ask is not None,
    )
    view = with_block(state, with_conflicts(state, view))
    view = with_originals(state, offline(state, rating.with_rating(state, with_onward(state, beside(state, view)))))
    return with_copies(state, with_elsewhere(state, with_answers(state, with_upward(state, with_pickup(state, view)))))


def _message(state: CounterState, *, explained: bool) -> str:
    """Return the answer to the last key, else what stays wrong until somebody mends it and no panel explains."""
    if state.message in ("", "law_lapsed") and (lapsed := lapse_line(state)):
        return lapsed
    if state.message:
        return "".join(text(each, incident=state.incident, place=state.place) for each in state.message.split())
    if said := manager.line(state) or take_over.line(state) or rating.call_aloud(state) or returned_words(state):
        return said
    if state.link.trouble or state.room is not Room.PLENTY:
        said = f"trouble_{state.link.trouble}" if state.link.trouble else f"disk_{state.room.name.lower()}"
        return text(said, minutes=state.link.stalled_min)
    faults = [(DEVICES[key], each) for key, each in state.devices.items() if each.state is DeviceState.FAULT]
    if explained or not faults:
        return ""
    name, status = faults[0]
    return f"{name}：{text(status.reason).rstrip('。')}。{text(status.remedy)}"


def _possible(state: CounterState, card: WorkCard | None) -> Outcome | None:
    if card is None or card.item is None or state.catalogue is None:
        return None
    authority = state.catalogue.authority(state.window, card.item.id)
    return outcome(card, authority) if authority else None


def _outcome(state: CounterState) -> str:
    if state.issued is None:
        return ""
    return "completed" if state.issued.state is CaseState.DELIVERED else "accepted"


def _say(state: CounterState, section: Section | None) -> Words:
    if state.issued is not None:
        if state.issued.state is CaseState.DELIVERED:
            return ("“您的", Strong(state.issued.item_name), "已经办好，这是结果，请您核对。您慢走，再见。”")
        due = state.issued.promised_due
        when = f"最迟{int(due[5:7])}月{int(due[8:])}日办结" if due else "办好就告诉您"
        return ("“已经受理，", Strong(when), "，我们会尽量提前。这是您的回执。您慢走，再见。”")
    match section:
        case Section.ITEM:
            return ("“您好，请坐。请问您办理什么业务？”",)
        case Section.SITUATIONS:
            return ("“我给您解释一下，这项业务要先问清几个情形。”",)
        case Section.MATERIALS:
            return _say_materials(state)
        case _:
            return ("“请稍候，我马上给您办手续。”",)


def _say_materials(state: CounterState) -> Words:
    states = state.card.materials.states() if state.card else ()
    short = [each.line.material.name for each in states if each.short]
    if short and state.card is not None:
        return notice.say(state.card)
    first = next((each.line for each in states if each.open), None)
    if first is None:
        return ("“请稍候，我马上给您办手续。”",)
    return ("“请出示", Strong(first.detail or first.material.name), "，我帮您核对。”")

"""What the window shows of a call or a letter: the question of Ctrl+T, who is at the other end, what to say."""

from typing import Final

from app.domain.channel import CHANNELS, REMOTE, Channel
from app.domain.masking import mask_name, mask_phone
from app.domain.visit import VisitState
from app.domain.work.card import WorkCard
from ui.screens.counter.state import CounterState
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tag, Tone, Words
from ui.widgets.work_views import PersonView

MOST_SIGNS: Final = 8
_DETAILS: Final = {Channel.PHONE: "先说“您好”，再记问什么", Channel.LETTER: "把来函问的事登记清楚"}
_NOBODY: Final = {Channel.PHONE: "来电，群众不在窗口", Channel.LETTER: "来函，群众不在窗口"}
_OPTIONAL: Final = "群众愿意说身份的按 Alt 6 录，不愿说可以不录"


def question() -> FaultView:
    """Return what Ctrl+T asks."""
    return FaultView(
        icon="ph.phone",
        title="来电还是来函？",
        detail="没有号票，本窗口给一个号；首问责任一样",
        options=tuple(FaultOption(CHANNELS[each], _DETAILS[each], "登记") for each in REMOTE),
        tone=Tone.PRI,
    )


def channel_tag(channel: Channel) -> Tag | None:
    """Return the word beside the number of whoever is not here in person."""
    return None if channel is Channel.IN_PERSON else Tag(CHANNELS[channel], Tone.HOLD)


def registered_tag(card: WorkCard) -> Tag:
    """Return what the registered contact was about, as far as there is room for it."""
    topic = card.topic if len(card.topic) <= MOST_SIGNS else f"{card.topic[: MOST_SIGNS - 1].rstrip('（“《')}…"
    return Tag(f"首问：{topic}", Tone.PRI)


def absent(card: WorkCard) -> PersonView | None:
    """Return the strip while nobody is seated: of a call, or of who called before; None where a card is waited for."""
    if card.channel is not Channel.IN_PERSON:
        return PersonView(name=_NOBODY[card.channel], reading=_OPTIONAL, known=False, revealable=False)
    if card.caller is None:
        return None
    left = " ".join(filter(None, (mask_name(card.caller.name), mask_phone(card.caller.phone))))
    reading = f"登记时留的是 {left}；按 Alt 6 录入时已带出"
    return PersonView(name="请群众放上身份证", reading=reading, known=False, revealable=False)


def greeting(state: CounterState) -> Words | None:
    """Return what to say to whom a call or a letter comes from (slips.md section 4); None for who sits here."""
    serving = state.card if state.visit is not None and state.visit.state is VisitState.SERVING else None
    match serving.channel if serving is not None else Channel.IN_PERSON:
        case Channel.PHONE:
            centre = state.catalogue.center.name if state.catalogue is not None else ""
            return (f"“您好，{centre}{state.window}窗口。请问您咨询什么？”",)
        case Channel.LETTER:
            return ("来函也是首问：说清答复人和答复日期，“您好”写在回信开头",)
        case _:
            return None

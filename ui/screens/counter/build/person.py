"""The identity strip: who sits here, masked until the clerk asks."""

from dataclasses import replace

from app.domain.masking import mask_address, mask_identity_number, mask_name, mask_phone
from app.domain.person import Person, PersonSource
from app.domain.work.card import WorkCard
from ui.screens.counter.build import wording
from ui.screens.counter.build.contacts import absent, registered_tag
from ui.screens.counter.build.person_entry import person_entry
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.views import DeviceState, Tag, Tone
from ui.widgets.work_views import FactView, PersonView


def person(state: CounterState, card: WorkCard) -> PersonView:
    """Return the strip of the applicant; before a card was read, of the agent; else what to do."""
    shown, entry = card.applicant or card.agent, person_entry(state, card)
    if shown is None and (away := absent(card)) is not None:
        return replace(away, tags=_further(card, full=False), entry=entry)
    if shown is None:
        reader = state.devices.get("reader")
        name, reading = "请群众放上身份证", "放稳一秒就读好，读不出再按 F8 两次手工录入"
        if reader is not None and reader.state is DeviceState.FAULT:
            name, reading = "读卡器没接好，插上就能读", f"{text(reader.reason).rstrip('。')}，或按 F8 两次手工录入"
        return PersonView(
            name=name, reading=reading, tags=_further(card, full=False), known=False, revealable=False, entry=entry
        )
    full = state.revealed
    facts = [FactView("证件号", shown.number if full else mask_identity_number(shown.number))]
    if shown.phone:
        facts.append(FactView("手机号", shown.phone if full else mask_phone(shown.phone)))
    return PersonView(
        name=shown.name if full else mask_name(shown.name),
        reading=_reading(shown),
        tags=_tags(card, shown, full=full),
        facts=tuple(facts),
        address=shown.address if full else mask_address(shown.address),
        revealed=full,
        entry=entry,
    )


def _reading(shown: Person) -> str:
    how = "身份证读取" if shown.source is PersonSource.CARD else "手工录入"
    return f"{how} {wording.clock(shown.read_at_ms)}"


def _tags(card: WorkCard, shown: Person, *, full: bool) -> tuple[Tag, ...]:
    role = "申请人" if shown is card.applicant else "代理人"
    tags = [Tag("申请人本人" if role == "申请人" and not card.by_agent else role, Tone.PRI)]
    if card.applicant is not None and card.agent is not None:
        tags.append(Tag(f"代理人 {card.agent.name if full else mask_name(card.agent.name)}", Tone.HOLD))
    elif card.who_is_who:
        tags.append(Tag("是申请人还是代理人？", Tone.WARN))
    elif card.by_agent and card.agent is None:
        tags.append(Tag("请放代理人身份证", Tone.WARN))
    elif card.by_agent and card.applicant is None:
        tags.append(Tag("请放申请人身份证", Tone.WARN))
    return (*tags, *_further(card, full=full))


def _further(card: WorkCard, *, full: bool) -> tuple[Tag, ...]:
    """Return guardian and organisation, where they are seated, and what the visit goes on with."""
    tags = [registered_tag(card)] if card.topic else []
    if card.guardian is not None:
        tags.append(Tag(f"监护人 {card.guardian.name if full else mask_name(card.guardian.name)}", Tone.HOLD))
    if card.organisation is not None:
        tags.append(Tag(f"单位 {card.organisation.name}", Tone.HOLD))
    return tuple(tags)

"""F10 完成交班: every open case and held ticket has an owner, the sheet prints, and the shift is over."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from app.domain.business_day import business_date
from app.domain.catalogue.item import CaseType
from app.domain.clerk import Clerk
from app.domain.contact_record import ContactRecord
from app.domain.handover import HANDOVER_SLIP, Entry, Sheet, SheetPlace, handover_fields, unfinished
from app.domain.operation import OperationDraft
from app.domain.paper.blocks import Document, document_to_json
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.rights import Act
from app.ports.clock import Clock, new_id
from app.ports.desk_store import HandedOver
from app.ports.spool import JobState, PrintJob
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, actor_at, counter_of, require
from app.usecases.release_block import release
from app.usecases.taking_in import published

MOST_CONTACTS = 1_000
"""Open registered contacts that are looked through: more than a window takes in a year."""
OPEN_NUMBER = "完成后生成"
"""Stands in the preview for the number that only the act gives."""


def begin_handover(view: Reading, by: Clerk) -> Sheet:
    """Return the sheet of a clerk with everything that is not done, and nothing filled in."""
    catalogue = view.catalogue()
    businesses = {each.code: each.name for each in catalogue.businesses.values()} if catalogue else {}
    cases, held, originals = view.cases_in_hand(by.number), view.tickets_on_hold(), view.originals_owed()
    instant = {each.id for each in catalogue.items.values() if each.case_type is CaseType.INSTANT} if catalogue else ()
    entries = unfinished(cases, held, businesses, originals, _unanswered(view, by), instant=instant)
    return Sheet(by.number, "", entries)


def _unanswered(view: Reading, by: Clerk) -> list[ContactRecord]:
    """Return the registered contacts this clerk answers for: theirs, until another window takes one over."""
    return [each for each in view.open_contact_records(MOST_CONTACTS) if _owner(view, each) == by.number]


def _owner(view: Reading, record: ContactRecord) -> str:
    handed = view.contact(record.contact_id)
    return record.clerk if handed is None else handed[0].owner


def preview_handover(view: Reading, clock: Clock, templates: Mapping[str, Template], sheet: Sheet) -> Document:
    """Return the paper as it would print now, its number open.

    Raises:
        ActRefused: there is no catalogue.
        PaperError: the paper would have a hole.
    """
    return fill(templates[HANDOVER_SLIP], handover_fields(sheet, _place(view, clock, OPEN_NUMBER)))


def hand_over(store: Store, clock: Clock, templates: Mapping[str, Template], sheet: Sheet, by: Clerk) -> PrintJob:
    """Commit the handover: ledger, operation and paper in one transaction; the window's reserved numbers go back.

    Raises:
        ActRefused: no right, somebody is still at the desk, something came in since the sheet was begun,
            an entry has no owner, an owner is not on the staff, or an instant case is open without a reason.
        PaperError: a paper with a hole is not printed, and then nothing is recorded either.
    """
    require(by, Act.HAND_OVER)
    with store.begin() as work:
        if work.open_visit() is not None:
            raise ActRefused(ActRefusal.VISIT_OPEN)
        present = {each.entity_id for each in begin_handover(work, by).entries}
        if present != {each.entity_id for each in sheet.entries}:
            raise ActRefused(ActRefusal.HANDOVER_CHANGED)
        if _unexplained(work, by, sheet):
            raise ActRefused(ActRefusal.INSTANT_OPEN)
        if sheet.ownerless:
            raise ActRefused(ActRefusal.OWNER_MISSING)
        staff = published(work).staff
        if not all(each.owner in staff for each in sheet.entries) or (sheet.heir and sheet.heir not in staff):
            raise ActRefused(ActRefusal.OWNER_UNKNOWN)
        release(work, by)  # a number that waits for this window would wait for nobody
        counter, now_ms = counter_of(work), clock.now_ms()
        series = f"JJ{business_date(now_ms):%Y%m%d}-{counter.counter}"
        number = f"{series}-{work.take_serial(series):02}"
        document = fill(templates[HANDOVER_SLIP], handover_fields(sheet, _place(work, clock, number)))
        job = PrintJob(new_id(clock), HANDOVER_SLIP, document_to_json(document), 0, JobState.QUEUED, now_ms)
        work.put_handover(HandedOver(number, now_ms, by.number, sheet.entries))
        work.append(
            OperationDraft(
                kind="shift.handed_over",
                entity="shift",
                entity_id=number,
                payload={
                    "window": counter.window,
                    "at_ms": now_ms,
                    "from": by.number,
                    "to": sheet.heir,
                    "figures": dict(work.ended_today()),
                    "entries": [each.to_json() for each in sheet.entries],
                    "stock": asdict(sheet.stock),
                },
                actor=actor_at(work, by),
            )
        )
        work.queue_print(job)
        return job


def _unexplained(view: Reading, by: Clerk, sheet: Sheet) -> bool:
    """Say whether an instant case is open without a reason, whatever the sheet says it is (domain rule I05)."""
    given = {each.entity_id: each.special for each in sheet.entries}
    return any(each.instant and given.get(each.entity_id) is None for each in begin_handover(view, by).entries)


def refreshed(view: Reading, by: Clerk, sheet: Sheet) -> Sheet:
    """Return the sheet with what is not done now, keeping owners and notes that were given."""
    known: dict[str, Entry] = {each.entity_id: each for each in sheet.entries}
    entries = (known.get(each.entity_id, each) for each in begin_handover(view, by).entries)
    return replace(sheet, entries=tuple(entries))


def _place(view: Reading, clock: Clock, number: str) -> SheetPlace:
    catalogue = published(view)
    now_ms = clock.now_ms()
    return SheetPlace(
        hall=catalogue.center.name,
        window=counter_of(view).window,
        number=number,
        now_ms=now_ms,
        today=business_date(now_ms),
        calendar=view.calendar(),
        lights=catalogue.cards.lights,
    )

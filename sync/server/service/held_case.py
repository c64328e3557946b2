"""A case as the server holds it whole: opened, changed by a fact, sealed again as its next revision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.calendar_document import table_from_json
from app.domain.canonical import canonical_json
from app.domain.case import Case, CaseState
from app.domain.catalogue.build import catalogue_of
from app.domain.catalogue.item import Item
from app.domain.operation import Operation
from app.domain.record import names, plain
from sync.server.service.context import Context
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.index_cases import opened
from sync.server.service.merge_case import NOW, Seen, bookkeeping, check_seen, seen_of
from sync.server.service.mirror import case_change
from sync.server.storage import cases, catalogue
from sync.server.storage.cases import MirroredCase
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change

_NEW = frozenset({"received_on", "notice_due", "clock"})
"""Columns that rows of before do not fill; the record does."""
_ONE_STEP = frozenset({CaseState.REVIEWING, CaseState.SUSPENDED})
"""A clock that stands still does not begin the step anew."""
MOST_CATALOGUES = 4
"""Versions kept ready; open cases rest on few."""


class Unreadable(Exception):  # noqa: N818 - a record or catalogue of another program version, not a bug
    """The sealed record or the item of a case cannot be read here."""


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """One case with its row locked, and up to where its teller had seen it; no repr, for the record names persons."""

    record: Mapping[str, Any]
    case: Case
    seen: Seen = NOW


def held_of(desk: Desk, operation: Operation) -> Held:
    """Return the case that an operation speaks of, whichever counter took it in.

    Raises:
        Parked: ``malformed_payload`` for an unknown case or another number, ``stale_rev`` where others changed
            meanwhile what the operation rests on.
    """
    try:
        held = held_case(desk.context, desk.connection, desk.hall, operation.entity_id)
    except Unreadable as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    if operation.entity != "case" or held.case.case_no != operation.payload.get("case_no"):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    seen = seen_of(desk, operation, held.record, held.case.rev)
    check_seen(operation, held.record, seen, held.case.rev)
    return replace(held, seen=seen)


def held_case(context: Context, connection: Transaction, hall: str, case_id: str) -> Held:
    """Return one case whole and lock its row.

    Raises:
        Unreadable: there is none, or its record cannot be opened.
    """
    found = cases.whole(connection, hall, case_id)
    if found is None:
        raise Unreadable(case_id)
    row, sealed = found
    record = opened(context, row, sealed)
    known = {name: record[name] for name in names(Case) if name in record}
    told = {
        name: value for name in names(MirroredCase) if (value := getattr(row, name)) is not None or name not in _NEW
    }
    try:
        return Held(record, Case(**{**known, **told, "state": CaseState(row.state)}))
    except TypeError as error:
        raise Unreadable(case_id) from error


def keep(
    context: Context, connection: Transaction, held: Held, case: Case, more: Mapping[str, Any] | None = None
) -> Change:
    """Seal the case as its next revision and return its feed row; ``more`` is kept in the record beside the case."""
    case = replace(case, rev=held.case.rev + 1)
    record = {**held.record, **plain(case), **(more or {})}
    record |= bookkeeping({**held.record, **plain(held.case)}, record, held.seen, case.rev)
    mirrored = MirroredCase(**{name: getattr(case, name) for name in names(MirroredCase)})
    sealed = context.cipher.seal(canonical_json(record), f"case/{case.hall}/{case.case_id}")
    since_ms = context.clock.now_ms() if _begins(held.case.state, case.state) else None
    cases.replace(connection, mirrored, sealed, since_ms)
    return case_change(mirrored)


def _begins(before: CaseState, after: CaseState) -> bool:
    return before is not after and {before, after} != _ONE_STEP


def item_of(context: Context, connection: Transaction, case: Case) -> Item:
    """Return the item of a case in the version of the catalogue it was taken in under; each version is read once.

    Raises:
        Unreadable: the version or the item is not there.
    """
    ready, key = context.catalogues, (case.hall, case.catalogue_version)
    if key not in ready:
        version = catalogue.get(connection, case.hall, case.catalogue_version)
        if version is None:
            raise Unreadable(case.case_id)
        try:
            found = catalogue_of(version.document)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise Unreadable(case.case_id) from error
        if len(ready) >= MOST_CATALOGUES:
            ready.pop(next(iter(ready)))
        ready[key] = found
    item = ready[key].items.get(case.item_id)
    if item is None:
        raise Unreadable(case.case_id)
    return item


def calendar_of(connection: Transaction, hall: str) -> WorkCalendar:
    """Return the working-day calendar of a hall."""
    return WorkCalendar(table_from_json(each["table"]) for each in catalogue.years(connection, hall))

"""Makes of a row as it is kept what its columns may show: names for codes, and what its operation says, opened."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.server.service.context import Context
from sync.server.service.hall_plan import HallPlan
from sync.server.service.held_case import calendar_of
from sync.server.service.ledgers.columns import Facts
from sync.server.service.ledgers.definitions import Ledger
from sync.server.service.ledgers.due_state import Today
from sync.server.service.refusals import refusal
from sync.server.storage import halls, ledger_sources
from sync.server.storage.cipher import SealBroken
from sync.server.storage.engine import Transaction
from sync.server.storage.ledger_sources import Source, SourceRow


@dataclass(frozen=True, slots=True)
class Words:
    """What names stand for: clerks by number, departments, items and businesses as published; and what day it is."""

    plan: HallPlan
    clerks: Mapping[str, str]
    today: Today


def words_of(context: Context, connection: Transaction, hall: str) -> Words:
    """Return what the codes in rows are called.

    Raises:
        Refused: ``unknown_hall``.
    """
    if halls.get(connection, hall) is None:
        raise refusal("unknown_hall")
    plan = context.plan(connection, hall)
    today = Today(date.fromisoformat(context.today()), calendar_of(connection, hall), plan.floor.cards.lights)
    return Words(plan, ledger_sources.clerk_names(connection, hall), today)


def facts_of(
    context: Context, hall: str, ledger: Ledger, row: SourceRow, words: Words, *, cases: bool, full: bool = False
) -> Facts:
    """Return one row with all its columns may show."""
    said: Mapping[str, Any] = {}
    comment = ""
    if ledger.source is Source.ENTRIES:
        said = _said(context, hall, row)
    elif row.sealed is not None and cases:
        comment = _comment(context, hall, row)
    item = said.get("item_name") or words.plan.floor.items.get(row.item_id) or words.plan.businesses.get(row.item_id)
    return Facts(
        row=row,
        said=said,
        kind=ledger.kinds.get(row.kind, row.kind),
        item=str(item or row.item_id),
        department=words.plan.floor.departments.get(row.department, row.department),
        clerk=f"{row.clerk} {words.clerks.get(row.clerk, '')}".strip(),
        full=full,
        cases=cases,
        comment=comment,
        due=words.today.due_state(row),
    )


def cells(ledger: Ledger, facts: Facts) -> list[str | int | None]:
    """Return the row, a cell a column."""
    return [each.value(facts) for each in ledger.columns]


def _said(context: Context, hall: str, row: SourceRow) -> Mapping[str, Any]:
    """Return what the operation of a row says; where it carries a fact alone, its case says the rest."""
    seal = f"operation/{hall}/{row.device}/{row.incarnation}/{row.seq}"
    payload = _opened(context, row.sealed, seal).get("payload", {})
    if row.case_id is None or "applicant" in payload:
        return dict(payload)
    return {**_opened(context, row.case_sealed, f"case/{hall}/{row.case_id}"), **payload}


def _opened(context: Context, sealed: bytes | None, seal: str) -> Mapping[str, Any]:
    """Return a sealed record; an empty one where there is none, or none that can be read."""
    if sealed is None:
        return {}
    try:
        record = json.loads(context.cipher.open(sealed, seal))
    except (SealBroken, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _comment(context: Context, hall: str, row: SourceRow) -> str:
    try:
        return context.cipher.open(row.sealed or b"", f"rating/{hall}/{row.entry_id}").decode()
    except (SealBroken, ValueError):
        return ""

"""Answers what a person asks of the ledgers: figures, and rows page by page; who looked at rows is kept."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.business_day import start_of_day_ms
from app.domain.rights import Act, may
from app.ports.clock import new_id
from sync.protocol.ledger_messages import LedgerColumn, LedgerFigure, LedgerKind, LedgerPage, LedgerRow, Ledgers
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.ledgers.definitions import LEDGERS, RECENT, TICKETS, Ledger
from sync.server.service.ledgers.facts import cells, facts_of, words_of
from sync.server.service.refusals import refusal
from sync.server.storage import case_access, ledger_sources
from sync.server.storage.case_access import Access
from sync.server.storage.cipher import SealBroken
from sync.server.storage.engine import Transaction
from sync.server.storage.ledger_sources import Source, SourceRow, Tally, Wanted

MOST_DAYS = 366
MOST_ROWS = 500
RECENT_MS = 5 * 60_000
_MAX_FILTER = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days (ISO, both included; empty is today) and which rows; an empty filter is none."""

    first: str = ""
    last: str = ""
    window: str = ""
    item: str = ""
    department: str = ""
    kind: str = ""


def ledger_figures(context: Context, caller: Caller, hall: str, asked: Asked) -> Ledgers:
    """Return every ledger in figures.

    Raises:
        Refused: ``forbidden``, ``unknown_hall``, or ``ledger_range`` for days that are none.
    """
    caller.require(Act.SEE_LEDGER, hall)

    def work(connection: Transaction) -> list[LedgerFigure]:
        kept = ledger_sources.tally_entries(connection, wanted_of(context, LEDGERS[TICKETS], hall, asked))
        return [
            _figure(
                each,
                kept.get(each.name, [])
                if each.source is Source.ENTRIES
                else ledger_sources.tally(connection, each.source, wanted_of(context, each, hall, asked)),
            )
            for each in LEDGERS.values()
        ]

    first, last = days(context, asked)
    return Ledgers(
        hall=hall,
        first=first.isoformat(),
        last=last.isoformat(),
        made_ms=context.clock.now_ms(),
        figures=context.storage.read(work),
    )


def ledger_page(
    context: Context, caller: Caller, hall: str, name: str, asked: Asked, *, after: str = "", most: int = 50
) -> LedgerPage:
    """Return rows of one ledger, persons masked; who asked is kept with what was asked for.

    Raises:
        Refused: ``forbidden`` also for a device without a person; ``unknown_ledger``, ``ledger_range``, ``malformed``.
    """
    ledger, clerk = permitted(caller, hall, name, Act.SEE_LEDGER)
    if not 1 <= most <= MOST_ROWS:
        raise refusal("malformed")
    cases = may(caller.roles, Act.SEE_LEDGER_CASES)
    behind = _opened_cursor(context, hall, after) if after else None

    def work(connection: Transaction) -> LedgerPage:
        wanted = wanted_of(context, ledger, hall, asked)
        tallied = ledger_sources.tally(connection, ledger.source, wanted)
        rows = ledger_sources.page(connection, ledger.source, wanted, behind, most + 1)
        words = words_of(context, connection, hall)
        shown = rows[:most]
        return LedgerPage(
            ledger=ledger.name,
            title=ledger.title,
            rule=ledger.rule,
            first=wanted.first,
            last=wanted.last,
            unit=ledger.unit,
            count=sum(each.count for each in tallied),
            amount=total(ledger, tallied),
            columns=[LedgerColumn(head=each.head, kind=each.kind.value, wide=each.wide) for each in ledger.columns],
            rows=[
                LedgerRow(
                    cells=cells(ledger, facts_of(context, hall, ledger, each, words, cases=cases)),
                    case_id=each.case_id if cases else None,
                )
                for each in shown
            ],
            after=_cursor(context, hall, shown[-1]) if len(rows) > most else None,
        )

    page = context.storage.read(work)
    keep_access(context, hall, clerk, "ledger", asked=[name, page.first, page.last, *_filters(asked)], hits=page.count)
    return page


def permitted(caller: Caller, hall: str, name: str, act: Act) -> tuple[Ledger, str]:
    """Return the ledger and the number of who asks.

    Raises:
        Refused: ``forbidden``: no right, or a device that is nobody who could answer for the look; ``unknown_ledger``.
    """
    caller.require(act, hall)
    if caller.clerk is None:
        raise refusal("forbidden")
    ledger = LEDGERS.get(name)
    if ledger is None:
        raise refusal("unknown_ledger")
    return ledger, caller.clerk


def days(context: Context, asked: Asked) -> tuple[date, date]:
    """Return the first and the last day that are asked for.

    Raises:
        Refused: ``ledger_range``: no dates, backwards, or more than a year.
    """
    today = context.today()
    try:
        first, last = date.fromisoformat(asked.first or today), date.fromisoformat(asked.last or asked.first or today)
    except ValueError as error:
        raise refusal("ledger_range") from error
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise refusal("ledger_range")
    return first, last


def wanted_of(context: Context, ledger: Ledger, hall: str, asked: Asked) -> Wanted:
    """Return the question to the store.

    Raises:
        Refused: ``ledger_range``, or ``malformed`` for a kind the ledger has not.
    """
    first, last = days(context, asked)
    if any(len(each) > _MAX_FILTER for each in _filters(asked)):
        raise refusal("malformed")
    kinds: tuple[str, ...] = () if ledger.source is Source.ENTRIES else _base(ledger)
    if asked.kind:
        kinds = ledger.groups.get(asked.kind, (asked.kind,) if asked.kind in ledger.kinds else ("",))
    if kinds == ("",):
        raise refusal("malformed")
    recent = ledger.name == TICKETS and asked.kind == RECENT
    return Wanted(
        hall=hall,
        first=first.isoformat(),
        last=last.isoformat(),
        from_ms=start_of_day_ms(first),
        until_ms=start_of_day_ms(last + timedelta(days=1)),
        ledger=ledger.name,
        kinds=kinds,
        window=asked.window,
        item=asked.item,
        department=asked.department,
        since_ms=context.clock.now_ms() - RECENT_MS if recent else 0,
    )


def _base(ledger: Ledger) -> tuple[str, ...]:
    return tuple(ledger.kinds) if ledger.source is Source.RATINGS else ()


def _filters(asked: Asked) -> Sequence[str]:
    return (asked.window, asked.item, asked.department, asked.kind)


def total(ledger: Ledger, tallied: Sequence[Tally]) -> int | None:
    """Return the sum of what the rows measure; None for a ledger that counts rows alone."""
    return sum(each.amount or 0 for each in tallied) if ledger.unit else None


def keep_access(context: Context, hall: str, clerk: str, act: str, *, asked: Sequence[str], hits: int) -> None:
    """Keep who looked at which rows, or took them away (domain rules L13, I45)."""
    access_id = new_id(context.clock)
    sealed = context.cipher.seal(json.dumps(list(asked)).encode(), f"access/{hall}/{access_id}")
    access = Access(hall, access_id, context.clock.now_ms(), clerk, act, None, hits, sealed)
    context.storage.write(lambda connection: case_access.add(connection, access))


def _figure(ledger: Ledger, tallied: Sequence[Tally]) -> LedgerFigure:
    counts = {each.kind: each.count for each in tallied}
    names = {**ledger.kinds, **{kind: kind for kind in counts if kind not in ledger.kinds}}
    return LedgerFigure(
        ledger=ledger.name,
        title=ledger.title,
        rule=ledger.rule,
        count=sum(counts.values()),
        amount=total(ledger, tallied),
        unit=ledger.unit,
        kinds=[LedgerKind(kind=kind, title=word, count=counts.get(kind, 0)) for kind, word in names.items()],
    )


def _cursor(context: Context, hall: str, row: SourceRow) -> str:
    """Return where a page ended, under seal: the id of a rating is what it was given by, and stays here."""
    sealed = context.cipher.seal(json.dumps([row.at_ms, row.entry_id]).encode(), f"ledger-cursor/{hall}")
    return base64.urlsafe_b64encode(sealed).decode()


def _opened_cursor(context: Context, hall: str, after: str) -> tuple[int, str]:
    try:
        at_ms, entry_id = json.loads(context.cipher.open(base64.urlsafe_b64decode(after), f"ledger-cursor/{hall}"))
    except (SealBroken, ValueError, binascii.Error) as error:
        raise refusal("malformed") from error
    return int(at_ms), str(entry_id)

"""Takes again, at a start, what counters of a newer program pushed and this server did not know yet (sync.md 1)."""

import logging
from dataclasses import replace
from functools import partial

from app.domain.supervision import CardRule, ClosedAs
from sync.server.service.apply_ops import KINDS, REJECTED, apply_one
from sync.server.service.context import Context
from sync.server.service.desk import Parked, Reason
from sync.server.service.ledgers.keep import keep_rows
from sync.server.service.mirror import card_change
from sync.server.service.settle_postponed import opened
from sync.server.storage import cards, feed, halls
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.savepoint import Unfit, savepoint
from sync.server.storage.waiting_operations import Waiting, of_status, settle

logger = logging.getLogger(__name__)

_THING = tuple[str, str, str]


def retry_unknown(context: Context) -> int:
    """Apply the parked operations whose kind is known by now, those of one thing in order; returns how many."""
    done = 0
    for hall in context.storage.read(lambda connection: list(halls.codes(connection))):
        done += context.storage.write(partial(_hall, context, hall))
    if done:
        logger.info("unknown_kinds.applied count=%d", done)
    return done


def _hall(context: Context, hall: str, connection: Transaction) -> int:
    changes: list[Change] = []
    stopped: set[_THING] = set()
    done = 0
    for each in of_status(connection, hall, "rejected"):
        thing = (each.device, each.entity, each.entity_id)
        if each.reason != Reason.UNKNOWN_KIND or thing in stopped:
            continue
        found = _try(context, connection, each)
        if found is None:
            stopped.add(thing)  # what builds on it must not overtake it
        else:
            changes += found
            done += 1
    feed.append(connection, hall, changes)
    return done


def _try(context: Context, connection: Transaction, each: Waiting) -> list[Change] | None:
    """Apply it, and take its card down; None where it stays parked, maybe for another reason now."""
    desk, operation = opened(context, connection, each)
    if (operation.kind, operation.kind_version) not in KINDS:
        return None
    try:
        with savepoint(connection):
            changes = apply_one(desk, operation)
    except (Parked, Unfit) as parked:
        reason = parked.reason if isinstance(parked, Parked) else Reason.MALFORMED_PAYLOAD
        settle(connection, each, "rejected" if reason in REJECTED else "conflict", reason.value)
        return None
    settle(connection, each, "applied", None)
    keep_rows(context, connection, [(operation, each.hash)])
    card = cards.of_cause(connection, each.hall, f"{CardRule.PARKED.value}:{operation.op_id}")
    if card is not None and card.closed_ms is None:
        now_ms = context.clock.now_ms()
        ended = replace(card, closed_ms=now_ms, closed_by="server", closed_as=ClosedAs.ENDED, rev=card.rev + 1)
        cards.put(connection, ended)
        changes = [*changes, card_change(ended)]
    return changes

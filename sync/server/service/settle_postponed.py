"""Applies what was postponed after a restore as soon as what it builds on has arrived."""

import json
from collections.abc import Sequence

from app.domain.operation import Operation, from_wire
from sync.server.service.apply_ops import REJECTED, apply_one
from sync.server.service.context import Context
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.event_cards import card_of_parked
from sync.server.service.ledgers.keep import keep_rows
from sync.server.service.postponed import POSTPONED
from sync.server.service.upcasts import newest
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.savepoint import Unfit, savepoint
from sync.server.storage.waiting_operations import Waiting, of_status, settle


def settle_postponed(context: Context, connection: Transaction, hall: str, *, last: bool = False) -> list[Change]:
    """Apply what fits by now, again and again while something did.

    ``last``: nothing more will come; what still does not fit is a conflict, and a person's task.
    """
    changes: list[Change] = []
    waiting = of_status(connection, hall, POSTPONED)
    while waiting:
        left = _round(context, connection, waiting, changes)
        if len(left) == len(waiting):
            break
        waiting = left
    for each in waiting if last else ():
        # What a person made of a conflict fits as soon as there is one, and it was parked just before.
        resolved = _try(context, connection, each) if each.entity == "conflict" else None
        if resolved is not None:
            changes += resolved
            continue
        desk, operation = opened(context, connection, each)
        settle(connection, each, "rejected" if each.reason in REJECTED else "conflict", each.reason)
        changes += card_of_parked(desk, operation, Reason(each.reason))
    return changes


def _round(
    context: Context, connection: Transaction, waiting: Sequence[Waiting], changes: list[Change]
) -> list[Waiting]:
    """Try each once, of one thing in a device's own order; return what still waits."""
    left: list[Waiting] = []
    stopped: set[tuple[str, str, str]] = set()
    for each in waiting:
        thing = (each.device, each.entity, each.entity_id)
        done = None if thing in stopped else _try(context, connection, each)
        if done is None:
            stopped.add(thing)
            left.append(each)
        else:
            changes += done
    return left


def _try(context: Context, connection: Transaction, each: Waiting) -> list[Change] | None:
    desk, operation = opened(context, connection, each)
    try:
        with savepoint(connection):
            changes = apply_one(desk, operation)
    except (Parked, Unfit):
        return None
    settle(connection, each, "applied", None)
    keep_rows(context, connection, [(operation, each.hash)])
    return changes


def opened(context: Context, connection: Transaction, each: Waiting) -> tuple[Desk, Operation]:
    """Return an operation of the log as the newest version of its kind, and the desk it came from."""
    seal = f"operation/{each.hall}/{each.device}/{each.incarnation}/{each.seq}"
    operation = newest(from_wire(json.loads(context.cipher.open(each.sealed, seal))))
    return Desk(context, connection, each.hall, operation.actor.window, each.counter, [operation]), operation

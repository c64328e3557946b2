"""Takes operations in, in the fixed lock order of sync.md section 1: device row, entities, and LAST the hall's head."""

import logging
from collections.abc import Sequence

from app.domain.rights import Act
from sync.protocol.interface import Refused
from sync.protocol.messages import OperationResult, Push, PushResult
from sync.server.service.apply_ops import apply_batch
from sync.server.service.caller import Caller
from sync.server.service.clock_card import card_of_clock
from sync.server.service.context import Context
from sync.server.service.desk import Desk, Parked
from sync.server.service.ledgers.keep import keep_rows
from sync.server.service.refusals import refusal
from sync.server.service.settle_postponed import settle_postponed
from sync.server.service.upcasts import newest
from sync.server.service.verify_ops import chained, parse, signed
from sync.server.storage import devices, feed
from sync.server.storage import operations as log
from sync.server.storage.devices import Chain, ChainKey
from sync.server.storage.engine import Transaction
from sync.server.storage.operations import Kept, Received
from sync.server.storage.savepoint import Unfit

logger = logging.getLogger(__name__)


def push(context: Context, caller: Caller, request: Push) -> PushResult:
    """Apply what is new, park what cannot be applied, acknowledge what is durable.

    Raises:
        Refused: ``forbidden``, ``malformed``, ``too_large``, ``unknown_device``, ``quarantined``, ``gap`` with
            ``expected_seq``, or ``fork``, which also quarantines the chain.
    """
    caller.require(Act.SYNC)
    if caller.device != request.device or caller.window is None:
        raise refusal("forbidden")
    received = parse(request, caller.hall)
    try:
        answer = context.storage.write(lambda connection: _take(context, connection, caller, request, received))
    except (Parked, Unfit):  # all of it is taken back: again, and each operation for itself
        answer = context.storage.write(
            lambda connection: _take(context, connection, caller, request, received, whole=False)
        )
    if isinstance(answer, Refused):  # raised only now, so that a quarantine is committed
        raise answer
    context.changed(caller.hall)
    return answer


def _take(
    context: Context,
    connection: Transaction,
    caller: Caller,
    request: Push,
    received: Sequence[Received],
    *,
    whole: bool = True,
) -> PushResult | Refused:
    key = ChainKey(caller.hall, request.device, request.incarnation)
    chain = devices.chain(connection, key)
    if chain is None:
        return refusal("unknown_device")
    if chain.quarantined:
        return refusal("quarantined")
    if request.first_seq > chain.last_seq + 1:
        return refusal("gap", expected_seq=chain.last_seq + 1)
    held = _held(received, chain)
    fresh = received[len(held) :]
    if not signed(received, chain.public_key):
        return refusal("malformed")
    kept = log.kept(connection, key, request.first_seq, request.first_seq + len(held) - 1) if held else []
    if [each.hash for each in held] != [each.hash for each in kept] or not chained(fresh, chain.last_hash):
        devices.quarantine(connection, key)
        logger.warning("push.fork device=%s first_seq=%d", request.device, request.first_seq)
        return refusal("fork")
    results = [_again(each) for each in kept]
    incarnation = context.server_incarnation(connection)
    if fresh:
        batch = [newest(each.operation) for each in fresh]
        desk = Desk(context, connection, caller.hall, caller.window or "", chain.counter, batch)
        results += _apply(desk, key, fresh, whole=whole)
    return PushResult(
        acked_seq=max(chain.last_seq, received[-1].operation.seq),
        results=results,
        server_incarnation=incarnation,
        server_time=context.clock.now_ms(),
    )


def _held(received: Sequence[Received], chain: Chain) -> Sequence[Received]:
    """Return what the chain has already: device and sequence number alone tell a repetition."""
    return [each for each in received if each.operation.seq <= chain.last_seq]


def _again(kept: Kept) -> OperationResult:
    """Answer a repetition: a parked operation is reported as it was, since the first answer may have been lost."""
    if kept.reason is None:
        return OperationResult(seq=kept.seq, status="duplicate")
    return OperationResult(seq=kept.seq, status=kept.status, reason=kept.reason)


def _apply(desk: Desk, key: ChainKey, fresh: Sequence[Received], *, whole: bool) -> list[OperationResult]:
    context, connection = desk.context, desk.connection
    results, changes = apply_batch(desk, desk.batch, whole=whole)
    changes += card_of_clock(desk, fresh[-1].operation)
    log.add(connection, fresh, results, context.cipher, context.clock.now_ms())
    trios = zip(desk.batch, fresh, results, strict=True)
    keep_rows(context, connection, [(now, each.hash) for now, each, done in trios if done.status == "applied"])
    if desk.hall not in context.told:
        changes += settle_postponed(context, connection, desk.hall)
    devices.advance(connection, key, fresh[-1].operation.seq, fresh[-1].hash)
    feed.append(connection, desk.hall, changes)
    return results

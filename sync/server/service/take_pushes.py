"""Takes in what counters of a hall pushed, by one transaction, in the lock order of sync.md section 1.

That is: the rows of the chains, then tickets and cases, and LAST the hall's head. What all have in common is read once,
and what only adds rows is written at the end, for all together (ADR 0030).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.operation import Operation
from sync.protocol.interface import Refused
from sync.protocol.messages import OperationResult, PushResult
from sync.server.service.apply_ops import apply_batch
from sync.server.service.clock_card import card_of_clock
from sync.server.service.context import Context
from sync.server.service.desk import Desk
from sync.server.service.known import Known
from sync.server.service.ledgers.keep import keep_rows
from sync.server.service.refusals import refusal
from sync.server.service.settle_postponed import settle_postponed
from sync.server.service.upcasts import newest
from sync.server.service.verify_ops import chained, signed
from sync.server.storage import devices, feed
from sync.server.storage import operations as log
from sync.server.storage.devices import Chain, ChainKey
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change
from sync.server.storage.operations import Kept, Received

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one counter pushed, sound as far as that shows without the store; ``window`` is the counter's."""

    window: str
    key: ChainKey
    received: Sequence[Received]


@dataclass(frozen=True, slots=True)
class _Share:
    """What is to be done of it: ``again`` are the answers to repetitions, ``fresh`` the rest as it was signed."""

    sent: Sent
    chain: Chain
    again: list[OperationResult]
    fresh: Sequence[Received]
    batch: Sequence[Operation]
    """``fresh`` as the newest version of its kinds."""


def take(
    context: Context, connection: Transaction, hall: str, sent: Sequence[Sent], *, whole: bool = True
) -> list[PushResult | Refused]:
    """Apply what is new, park what cannot be applied, and say of each push what became of it, in their order.

    A refusal is an answer, and may come with a quarantine that is to be committed. No device is there twice.

    Raises:
        Clash, Parked, Unfit: an operation of a ``whole`` work failed; the transaction has to be taken back.
    """
    chains = devices.chains(connection, hall, [each.key for each in sent])
    shares = [_share(connection, each, chains.get(each.key)) for each in sent]
    fresh = [each for each in shares if isinstance(each, _Share) and each.fresh]
    done = _apply(context, connection, hall, fresh, whole=whole) if fresh else {}
    incarnation, now_ms = context.server_incarnation(connection), context.clock.now_ms()
    return [
        each
        if isinstance(each, Refused)
        else PushResult(
            acked_seq=max(each.chain.last_seq, each.sent.received[-1].operation.seq),
            results=each.again + done.get(each.sent.key, []),
            server_incarnation=incarnation,
            server_time=now_ms,
        )
        for each in shares
    ]


def _share(connection: Transaction, sent: Sent, chain: Chain | None) -> _Share | Refused:
    """Compare what was pushed with what is held of the chain; device and sequence number alone tell a repetition."""
    received, key = sent.received, sent.key
    first_seq = received[0].operation.seq
    if chain is None:
        return refusal("unknown_device")
    if chain.quarantined:
        return refusal("quarantined")
    if first_seq > chain.last_seq + 1:
        return refusal("gap", expected_seq=chain.last_seq + 1)
    held = [each for each in received if each.operation.seq <= chain.last_seq]
    fresh = received[len(held) :]
    if not signed(received, chain.public_key):
        return refusal("malformed")
    kept = log.kept(connection, key, first_seq, first_seq + len(held) - 1) if held else []
    if [each.hash for each in held] != [each.hash for each in kept] or not chained(fresh, chain.last_hash):
        devices.quarantine(connection, key)
        logger.warning("push.fork device=%s first_seq=%d", key.device, first_seq)
        return refusal("fork")
    return _Share(sent, chain, [_again(each) for each in kept], fresh, [newest(each.operation) for each in fresh])


def _again(kept: Kept) -> OperationResult:
    """Answer a repetition: a parked operation is reported as it was, since the first answer may have been lost."""
    if kept.reason is None:
        return OperationResult(seq=kept.seq, status="duplicate")
    return OperationResult(seq=kept.seq, status=kept.status, reason=kept.reason)


def _apply(
    context: Context, connection: Transaction, hall: str, shares: Sequence[_Share], *, whole: bool
) -> dict[ChainKey, list[OperationResult]]:
    """Apply the shares one after the other; what they add to log, ledgers and feed is written for all at once."""
    known = Known()
    if whole:  # else something in them may fit no column
        known.read_ahead(connection, hall, [operation for each in shares for operation in each.batch])
    done, changes = dict[ChainKey, list[OperationResult]](), list[Change]()
    for each in shares:
        desk = Desk(context, connection, hall, each.sent.window, each.chain.counter, each.batch, known)
        done[each.sent.key], changed = apply_batch(desk, each.batch, whole=whole)
        changes += changed + card_of_clock(desk, each.fresh[-1].operation)
    known.write(connection)
    results = [result for each in shares for result in done[each.sent.key]]
    received = [operation for each in shares for operation in each.fresh]
    log.add(connection, received, results, context.cipher, context.clock.now_ms())
    trios = zip((now for each in shares for now in each.batch), received, results, strict=True)
    keep_rows(context, connection, [(now, was.hash) for now, was, result in trios if result.status == "applied"])
    if hall not in context.told:
        changes += settle_postponed(context, connection, hall)
    devices.advance(connection, {each.sent.key: (each.fresh[-1].operation.seq, each.fresh[-1].hash) for each in shares})
    feed.append(connection, hall, changes)
    return done

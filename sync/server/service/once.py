"""The same idempotency key always gets the same answer, stored in the transaction that made it true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from app.domain.canonical import digest
from sync.protocol.interface import Refused
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import devices, idempotency
from sync.server.storage.engine import HeldElsewhere, Transaction
from sync.server.storage.idempotency import Answer, AnswerKey

T = TypeVar("T")

MAX_KEY = 128


@dataclass(frozen=True, slots=True)
class Request:
    """``key`` is the idempotency key, ``what`` tells requests apart, ``answer`` is the answer's type."""

    key: str | None
    what: list[Any]
    answer: Any


def once(context: Context, connection: Transaction, caller: Caller, request: Request, act: Callable[[], T]) -> T:
    """Return the answer kept under the key, or act and keep the answer; without a key just act.

    Requests of one device are served one after the other.

    Raises:
        Refused: ``key_reused`` when the key came with another request, ``malformed`` for an impossible key.
    """
    if request.key is None:
        return act()
    key = _key(caller, request.key)
    if caller.device is not None:
        devices.lock(connection, caller.hall, caller.device)
    kept = idempotency.get(connection, key)
    if kept is None:
        answer = act()
        idempotency.add(connection, key, _sealed(context, key, request, answer), context.clock.now_ms())
        return answer
    replayed: T = _replayed(context, key, request, kept)
    return replayed


def once_each(
    context: Context,
    connection: Transaction,
    asked: Sequence[tuple[Caller, Request]],
    act: Callable[[Sequence[int]], Sequence[T | Exception]],
) -> list[T | Exception]:
    """Do as ``once`` for the requests of a group, each with a key and of another device; their order is kept.

    ``act`` is given the places of those that have no answer yet and returns theirs; what it refuses is not kept. In a
    group of several nobody waits for a device: its member is answered ``HeldElsewhere``.
    """
    answers, keys = dict[int, T | Exception](), dict[int, AnswerKey]()
    for at, (caller, request) in enumerate(asked):
        try:
            keys[at] = _key(caller, request.key or "")
        except Refused as refused:
            answers[at] = refused
    hall = asked[0][0].hall
    wanted = {caller.device for caller, _ in asked if caller.device is not None}
    locked = devices.lock_all(connection, hall, wanted, waits=len(asked) == 1) if wanted else frozenset()
    if len(asked) > 1:
        held = [at for at in keys if (device := asked[at][0].device) is not None and device not in locked]
        for at in held:
            answers[at] = HeldElsewhere()
            del keys[at]
    known = idempotency.get_all(connection, hall, keys.values())
    for at, key in keys.items():
        if key in known:
            try:
                answers[at] = _replayed(context, key, asked[at][1], known[key])
            except Refused as refused:
                answers[at] = refused
    fresh = [at for at in keys if at not in answers]
    given = dict(zip(fresh, act(fresh), strict=True)) if fresh else {}
    kept = {
        keys[at]: _sealed(context, keys[at], asked[at][1], answer)
        for at, answer in given.items()
        if not isinstance(answer, Exception)
    }
    idempotency.add_all(connection, kept, context.clock.now_ms())
    answers |= given
    return [answers[at] for at in range(len(asked))]


def _key(caller: Caller, key: str) -> AnswerKey:
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        raise refusal("malformed")
    return AnswerKey(caller.hall, caller.identity, key)


def _sealed(context: Context, key: AnswerKey, request: Request, answer: object) -> Answer:
    return Answer(_hash(request), context.cipher.seal(msgspec.json.encode(answer), _seal_context(key)))


def _replayed(context: Context, key: AnswerKey, request: Request, kept: Answer) -> Any:
    if kept.request_hash != _hash(request):
        raise refusal("key_reused")
    return msgspec.json.decode(context.cipher.open(kept.sealed, _seal_context(key)), type=request.answer)


def _hash(request: Request) -> str:
    return digest(msgspec.json.encode(request.what))


def _seal_context(key: AnswerKey) -> str:
    return f"answer/{key.hall}/{key.caller}/{key.key}"

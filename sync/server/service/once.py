"""The same idempotency key always gets the same answer, stored in the transaction that made it true."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from app.domain.canonical import digest
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import devices, idempotency
from sync.server.storage.engine import Transaction
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
    if not 0 < len(request.key) <= MAX_KEY or not request.key.isprintable():
        raise refusal("malformed")
    if caller.device is not None:
        devices.lock(connection, caller.hall, caller.device)
    key = AnswerKey(caller.hall, caller.identity, request.key)
    seal_context = f"answer/{key.hall}/{key.caller}/{key.key}"
    request_hash = digest(msgspec.json.encode(request.what))
    kept = idempotency.get(connection, key)
    if kept is None:
        answer = act()
        sealed = context.cipher.seal(msgspec.json.encode(answer), seal_context)
        idempotency.add(connection, key, Answer(request_hash, sealed), context.clock.now_ms())
        return answer
    if kept.request_hash != request_hash:
        raise refusal("key_reused")
    replayed: T = msgspec.json.decode(context.cipher.open(kept.sealed, seal_context), type=request.answer)
    return replayed

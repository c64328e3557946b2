"""Requests and answers as bytes, so that the two ends share no object."""

from typing import Any

import msgspec

from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.card_messages import CardAnswer
from sync.protocol.floor_messages import FenceWindow, FloorDone
from sync.protocol.interface import Refused
from sync.protocol.messages import (
    CallChosen,
    Digest,
    IssueTicket,
    Named,
    Page,
    Push,
    PushResult,
    RegisterCounter,
    Registration,
    Snapshot,
    TicketCalled,
    TicketIssued,
)

VERBS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "register": ((RegisterCounter,), Registration),
    "push": ((Push,), PushResult),
    "pull": ((str, int, int), Page),
    "snapshot": ((str, Named), Snapshot),
    "digest": ((str,), Digest),
    "issue_ticket": ((str, IssueTicket, str), TicketIssued),
    "call_next": ((str, str, str), TicketCalled | None),
    "call_chosen": ((str, str, CallChosen, str), TicketCalled),
    "reserve_block": ((str, str, ReserveBlock, str), ReservedBlock),
    "prepare_window": ((str, str, ReserveBlock, str), FloorDone),
    "fence_window": ((str, str, FenceWindow, str), FloorDone),
    "handle_card": ((str, str, CardAnswer, str), FloorDone),
}
"""Verb of ``CentralServer``, or of the floor manager → types of its arguments, type of its answer."""

NOTHING = msgspec.Raw(b"null")


class Request(msgspec.Struct):
    """One call of the interface."""

    token: str
    verb: str
    arguments: list[msgspec.Raw]


class Answer(msgspec.Struct, omit_defaults=True):
    """What came of it: a value, or a refusal."""

    value: msgspec.Raw = NOTHING
    code: str = ""
    status: int = 0
    expected_seq: int | None = None
    retry_after_s: float | None = None


def request(token: str, verb: str, *arguments: Any) -> bytes:
    raw = [msgspec.Raw(msgspec.json.encode(each)) for each in arguments]
    return msgspec.json.encode(Request(token, verb, raw))


def opened(data: bytes) -> tuple[str, str, list[Any]]:
    """Return token, verb and arguments of a request."""
    found = msgspec.json.decode(data, type=Request)
    types = VERBS[found.verb][0]
    arguments = [msgspec.json.decode(raw, type=kind) for raw, kind in zip(found.arguments, types, strict=True)]
    return found.token, found.verb, arguments


def answer(value: Any) -> bytes:
    return msgspec.json.encode(Answer(value=msgspec.Raw(msgspec.json.encode(value))))


def refusal(refused: Refused) -> bytes:
    return msgspec.json.encode(
        Answer(NOTHING, refused.code, refused.status, refused.expected_seq, refused.retry_after_s)
    )


def read_answer(verb: str, data: bytes) -> Any:
    """Return the value.

    Raises:
        Refused: the answer is a refusal.
    """
    found = msgspec.json.decode(data, type=Answer)
    if found.code:
        raise Refused(found.code, found.status, expected_seq=found.expected_seq, retry_after_s=found.retry_after_s)
    return msgspec.json.decode(found.value, type=VERBS[verb][1])

"""Requests and answers as bytes, so that the two ends share no object."""

from typing import Any

import msgspec

from sync.protocol.interface import Refused
from sync.protocol.messages import (
    CallChosen,
    Digest,
    IssueTicket,
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
    "snapshot": ((str,), Snapshot),
    "digest": ((str,), Digest),
    "issue_ticket": ((str, IssueTicket, str), TicketIssued),
    "call_next": ((str, str, str), TicketCalled | None),
    "call_chosen": ((str, str, CallChosen, str), TicketCalled),
}
"""Verb of ``CentralServer`` → types of its arguments, type of its answer."""

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
    return msgspec.json.encode(Answer(NOTHING, refused.code, refused.status, refused.expected_seq))


def read_answer(verb: str, data: bytes) -> Any:
    """Return the value.

    Raises:
        Refused: the answer is a refusal.
    """
    found = msgspec.json.decode(data, type=Answer)
    if found.code:
        raise Refused(found.code, found.status, expected_seq=found.expected_seq)
    return msgspec.json.decode(found.value, type=VERBS[verb][1])

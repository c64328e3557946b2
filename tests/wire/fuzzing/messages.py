"""What comes over the network: answers of something that calls itself the server, and pushes of a counter."""

from itertools import count
from typing import Any

import msgspec

from app.commands.system_clock import SystemClock
from app.domain import canonical, operation
from app.domain.operation import GENESIS, Actor, Operation, payload_hash, to_wire
from app.ports.enrolment import EnrolmentRefused, Identity
from fuzzing.target import Broken, FrameTarget
from sync.client import enrolment, http
from sync.protocol import enrolment_messages
from sync.protocol.enrolment_messages import DeviceEnrolled
from sync.protocol.interface import NotOurServer, Refused, Unreachable
from sync.protocol.messages import Digest, Page, Push, PushResult, SessionOpened, Snapshot
from sync.server.service import verify_ops

DEEP = b'{"events":[{"seq":1,"entity":"ticket","entity_id":"t","rev":1,"data":{"x":' + b"[" * 3_000
NO_MESSAGE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the server answers with "malformed" (sync/server/http/refusals.py)."""
ANSWERS = (Page, PushResult, Snapshot, SessionOpened, Digest)


class ServerAnswers(FrameTarget):
    """The client's end: a body that may be of any server, a proxy or a portal."""

    name = "server's answers, JSON"
    code = (http, *ANSWERS)
    refusals = (NotOurServer, Refused, Unreachable)
    memory_a_byte = 2_000

    def __init__(self) -> None:
        page = {
            "seq": 7,
            "entity": "ticket",
            "entity_id": "t",
            "rev": 2,
            "data": {"number": "A023", "state": "waiting"},
        }
        tail = {"server_incarnation": "s", "server_time": 1}
        answers = (
            {"events": [page], "next": 7, "head": 9, "floor": 1, "server_incarnation": "s"},
            {"acked_seq": 3, "results": [{"seq": 3, "status": "applied"}], **tail},
            {"cursor": 7, "server_incarnation": "s", "tables": {"ticket": [page["data"]], "case": []}},
            {"error": "not_yours", "expected_seq": 4},
        )
        self.corpus = (*(msgspec.json.encode(each) for each in answers), b"<html>\xe7\x99\xbb\xe5\xbd\x95</html>", DEEP)
        self._turn = count()

    def take(self, frame: bytes) -> object:
        turn = next(self._turn) % (len(ANSWERS) + 1)
        if turn == len(ANSWERS):
            raise http._refusal(409, frame, None)
        return http.decoded(frame, ANSWERS[turn])

    def check_good(self) -> None:
        """See ``Target``: here most good bodies are no good answers to the question that was asked."""
        self.swallow(self.corpus * (len(ANSWERS) + 1))


class Enrolments(FrameTarget):
    """What a computer makes of the answer to its one-time code."""

    name = "enrolment's answers, JSON"
    code = (enrolment, enrolment_messages)
    refusals = (EnrolmentRefused,)
    memory_a_byte = 2_000

    def __init__(self) -> None:
        good = DeviceEnrolled(
            hall="9901", centre="9901", device="A01", role="counter", window="A01", token="t" * 43, server_time=1
        )
        self.corpus = (msgspec.json.encode(good),)
        self._desk = _Desk("http://127.0.0.1:9", SystemClock())

    def take(self, frame: bytes) -> object:
        self._desk.body = frame
        found = self._desk.enrol("CODE", "0" * 64)
        if not isinstance(found, Identity):
            raise Broken(f"a {type(found).__name__}")
        return found


class _Desk(enrolment.HttpEnrolment):
    """Hears one body after the other from a server that is not asked."""

    body = b""

    def _ask(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, self.body


class Pushes(FrameTarget):
    """The server's end: the operations of a counter, before anything in them is believed."""

    name = "pushed operations, JSON"
    code = (verify_ops, operation, canonical)
    refusals = (*NO_MESSAGE, Refused)
    memory_a_byte = 2_000

    def __init__(self) -> None:
        payload = {"number": "9901-0003-20261123-0017-4", "item": "ITM-02", "answers": [True, None, 7]}
        actor = Actor("0301", None, "clerk", "D-SJ", "A01")
        pushed = Operation(
            schema=1,
            op_id="o",
            device="d",
            incarnation="i",
            seq=1,
            hall="9901",
            kind="case.accepted",
            kind_version=1,
            entity="case",
            entity_id="c",
            base_rev=None,
            actor=actor,
            wall_ms=1,
            mono_ms=1,
            payload=payload,
            payload_hash=payload_hash(payload),
            prev_hash=GENESIS,
            signature="0" * 128,
        )
        push = Push(device="d", incarnation="i", first_seq=1, ops=[to_wire(pushed)])
        self.corpus = (msgspec.json.encode(push),)

    def take(self, frame: bytes) -> object:
        return verify_ops.parse(msgspec.json.decode(frame, type=Push), "9901")

"""A counter that signs operations: its key, its chain, and its end of the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.operation import GENESIS, SCHEMA, Actor, Operation, operation_hash, payload_hash, to_wire
from sync.protocol.interface import CentralServer
from sync.protocol.messages import MAX_OPERATIONS, Push, RegisterCounter

HALL = "9901"
ITEMS = {"A01": ("ITM-02", "D-SJ"), "A03": ("ITM-01", "D-SJ"), "B01": ("ITM-05", "D-JD"), "B03": ("ITM-07", "D-MZ")}
CLERKS = {"A01": "0301", "A03": "0302", "B01": "0311", "B03": "0312"}


@dataclass
class Counter:
    """One counter with its chain; what it signs waits in ``out``."""

    server: CentralServer
    window: str
    key: Ed25519PrivateKey
    device: str = ""
    number: str = ""
    seq: int = 0
    head: str = GENESIS
    serial: int = 0
    out: list[Operation] = field(default_factory=list)

    def register(self) -> "Counter":
        public = self.key.public_key().public_bytes_raw().hex()
        answer = self.server.register(RegisterCounter(incarnation=f"store-{self.window}", public_key=public))
        self.device, self.number = answer.device, answer.counter
        return self

    def sign(
        self,
        at_ms: int,
        kind: str,
        entity: tuple[str, str],
        payload: Mapping[str, Any],
        *,
        base_rev: int | None = None,
        clerk: str = "",
    ) -> Operation:
        self.seq += 1
        unsigned = Operation(
            schema=SCHEMA,
            op_id=f"{self.window}-{self.seq}",
            device=self.device,
            incarnation=f"store-{self.window}",
            seq=self.seq,
            hall=HALL,
            kind=kind,
            kind_version=1,
            entity=entity[0],
            entity_id=entity[1],
            base_rev=base_rev,
            actor=Actor(clerk or CLERKS[self.window], None, "clerk", ITEMS[self.window][1], self.window),
            wall_ms=at_ms,
            mono_ms=0,
            payload=payload,
            payload_hash=payload_hash(payload),
            prev_hash=self.head,
            signature="",
        )
        self.head = operation_hash(unsigned)
        signed = replace(unsigned, signature=self.key.sign(self.head.encode()).hex())
        self.out.append(signed)
        return signed

    def push(self) -> list[str]:
        """Push what waits; returns what was not applied, which no month of this kind has."""
        refused = []
        while self.out:
            some, self.out = self.out[:MAX_OPERATIONS], self.out[MAX_OPERATIONS:]
            wire = [to_wire(each) for each in some]
            device, incarnation = some[0].device, some[0].incarnation
            push = Push(device=device, incarnation=incarnation, first_seq=some[0].seq, ops=wire)
            answer = self.server.push(push)
            refused += [
                f"{each.kind}: {said.reason}"
                for each, said in zip(some, answer.results, strict=True)
                if said.status != "applied"
            ]
        return refused

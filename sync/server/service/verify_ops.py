"""Checks pushed operations before anything is believed: shape, order, hashes, chain and signatures; no storage."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.operation import Operation, Spelling, from_wire, spelled
from sync.protocol.messages import MAX_OPERATIONS, Push
from sync.server.service.refusals import refusal
from sync.server.storage.operations import Received

_NAME = re.compile(r"[a-z_.]{1,64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_MAX_ENTITY_ID = 64


def parse(push: Push, hall: str) -> list[Received]:
    """Return the operations of a push, with their hashes: its payload hashes are right and its sequence has no hole.

    Raises:
        Refused: ``too_large`` or ``malformed``.
    """
    if len(push.ops) > MAX_OPERATIONS:
        raise refusal("too_large")
    try:
        received = [_received(each, push, hall, seq) for seq, each in enumerate(push.ops, push.first_seq)]
    except ValueError as error:  # malformed, not canonical, or a number without a spelling
        raise refusal("malformed") from error
    if push.first_seq < 1 or not received:
        raise refusal("malformed")
    return received


def chained(received: Sequence[Received], last_hash: str) -> bool:
    """Say whether every operation chains to the one before, the first to ``last_hash``."""
    for each in received:
        if each.operation.prev_hash != last_hash:
            return False
        last_hash = each.hash
    return True


def signed(received: Sequence[Received], public_key: str) -> bool:
    """Say whether the device signed every operation: Ed25519 over the 64 characters of its hash."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        for each in received:
            key.verify(bytes.fromhex(each.operation.signature), each.hash.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _received(wire: Mapping[str, Any], push: Push, hall: str, seq: int) -> Received:
    operation = from_wire(wire)
    spelling = spelled(operation)
    if not _sound(operation, spelling, push, hall, seq):
        raise refusal("malformed")
    return Received(operation, spelling.hash, spelling.wire)


def _sound(each: Operation, spelling: Spelling, push: Push, hall: str, seq: int) -> bool:
    return (
        each.seq == seq
        and (each.device, each.incarnation, each.hall) == (push.device, push.incarnation, hall)
        and _NAME.fullmatch(each.kind) is not None
        and _NAME.fullmatch(each.entity) is not None
        and 0 < len(each.entity_id) <= _MAX_ENTITY_ID
        and each.entity_id.isprintable()
        and _SIGNATURE.fullmatch(each.signature) is not None
        and each.payload_hash == spelling.payload_hash
    )

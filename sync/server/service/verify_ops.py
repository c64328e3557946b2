"""Checks pushed operations before anything is believed: shape, order, hashes, chain and signatures; no storage."""

import re
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.domain.operation import Operation, from_wire, operation_hash, payload_hash
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
        operations = [from_wire(each) for each in push.ops]
        received = [Received(each, operation_hash(each)) for each in operations]
        sound = all(_sound(each, push, hall, seq) for seq, each in enumerate(operations, push.first_seq))
    except ValueError as error:  # malformed, not canonical, or a number without a spelling
        raise refusal("malformed") from error
    if not sound or push.first_seq < 1 or not operations:
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


def _sound(each: Operation, push: Push, hall: str, seq: int) -> bool:
    return (
        each.seq == seq
        and (each.device, each.incarnation, each.hall) == (push.device, push.incarnation, hall)
        and _NAME.fullmatch(each.kind) is not None
        and _NAME.fullmatch(each.entity) is not None
        and 0 < len(each.entity_id) <= _MAX_ENTITY_ID
        and each.entity_id.isprintable()
        and _SIGNATURE.fullmatch(each.signature) is not None
        and each.payload_hash == payload_hash(each.payload)
    )

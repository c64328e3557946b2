"""Whether the operation log is as it was written: every hash, every signature, and the chain (domain rule I17)."""

from itertools import pairwise

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from app.domain.operation import MalformedOperation, Operation, from_wire, operation_hash, payload_hash
from app.storage.tables import COUNTER_STATE, OPERATION


def altered_row(connection: Connection, public_key: str) -> int | None:
    """Return the number of the first operation that is not as this counter signed it; None when all are.

    What was sent long ago is dropped, so the chain is followed where the numbers follow one another; the newest row
    always stays, and its hash stands in the counter's state.
    """
    wires = connection.execute(select(OPERATION.c.seq, OPERATION.c.wire).order_by(OPERATION.c.seq)).all()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    found: list[tuple[Operation, str]] = []
    for seq, wire in wires:
        try:
            operation = from_wire(wire)
            own_hash = operation_hash(operation)
            key.verify(bytes.fromhex(operation.signature), own_hash.encode())
        except (MalformedOperation, InvalidSignature, ValueError):
            return int(seq)
        if operation.seq != seq or operation.payload_hash != payload_hash(operation.payload):
            return int(seq)
        found.append((operation, own_hash))
    for (before, its_hash), (after, _) in pairwise(found):
        if after.seq == before.seq + 1 and after.prev_hash != its_hash:
            return after.seq
    state = connection.execute(select(COUNTER_STATE.c.last_seq, COUNTER_STATE.c.last_hash)).first()
    if found and state is not None and (found[-1][0].seq, found[-1][1]) != (state.last_seq, state.last_hash):
        return found[-1][0].seq
    return None

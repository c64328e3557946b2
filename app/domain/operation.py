"""The operation envelope: every change a clerk makes, as both ends store, chain and sign it.

Source: design.md decision 10, sync.md section 1. Unknown fields of a newer sender are kept in ``extra`` and
take part in the hash, so that an older reader can pass an operation on without breaking its signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.domain.canonical import canonical_json, digest
from app.domain.record import names, plain

SCHEMA = 1
GENESIS = "0" * 64
"""What the first operation of a device's incarnation chains to."""

_EMPTY: Mapping[str, Any] = MappingProxyType({})


class MalformedOperation(ValueError):  # noqa: N818 - untrusted bytes, not a bug
    """The bytes are not an operation; ``field`` names what is wrong."""

    def __init__(self, field_name: str) -> None:
        super().__init__(f"operation field {field_name} is missing or wrong")
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: the clerk, for whom as a deputy, in which post, department and window."""

    clerk: str
    acting_for: str | None
    post: str
    department: str
    window: str


@dataclass(frozen=True, slots=True, repr=False)
class OperationDraft:
    """What a use case wants recorded; the log adds sequence, chain and signature.

    It has no repr: the payload names persons.
    """

    kind: str
    entity: str
    entity_id: str
    payload: Mapping[str, Any]
    actor: Actor
    base_rev: int | None = None
    kind_version: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Operation:
    """One committed change, immutable for ever; without repr like its draft."""

    schema: int
    op_id: str
    device: str
    incarnation: str
    seq: int
    hall: str
    kind: str
    kind_version: int
    entity: str
    entity_id: str
    base_rev: int | None
    actor: Actor
    wall_ms: int
    mono_ms: int
    payload: Mapping[str, Any]
    payload_hash: str
    prev_hash: str
    signature: str
    extra: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True, repr=False)
class Spelling:
    """An operation in canonical JSON: ``wire`` is all of it, the hashes are those of its payload and of what is signed.

    It has no repr, for it names persons.
    """

    payload_hash: str
    hash: str
    wire: bytes


_NAMES = tuple(name for name in names(Operation) if name != "extra")
_TEXT = ("op_id", "device", "incarnation", "hall", "kind", "entity", "entity_id", "signature")
_COUNT = ("schema", "seq", "kind_version", "wall_ms", "mono_ms")
_HASH = ("payload_hash", "prev_hash")
_MAX_TEXT = 256
_HASH_LENGTH = 64


def to_wire(operation: Operation) -> dict[str, Any]:
    """Return the operation as plain JSON values, unknown fields included."""
    known = {name: getattr(operation, name) for name in _NAMES}
    return {**operation.extra, **known, "actor": plain(operation.actor), "payload": dict(operation.payload)}


def from_wire(plain: Mapping[str, Any]) -> Operation:
    """Return the operation that untrusted JSON spells.

    Raises:
        MalformedOperation: a field is missing or of the wrong shape. Hash and chain are checked apart.
    """
    try:
        known = {name: plain[name] for name in _NAMES}
    except KeyError as error:
        raise MalformedOperation(error.args[0]) from error
    for name in _TEXT:
        _text(known[name], name)
    for name in _COUNT:
        _count(known[name], name)
    for name in _HASH:
        if len(_text(known[name], name)) != _HASH_LENGTH:
            raise MalformedOperation(name)
    if known["base_rev"] is not None:
        _count(known["base_rev"], "base_rev")
    if not isinstance(known["payload"], Mapping):
        raise MalformedOperation("payload")
    known["actor"] = _actor(known["actor"])
    more = len(plain) > len(known)
    return Operation(**known, extra={k: v for k, v in plain.items() if k not in known} if more else {})


def payload_hash(payload: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical payload."""
    return digest(canonical_json(payload))


def operation_hash(operation: Operation) -> str:
    """Return the hash the next operation chains to and the device signs: all fields but the signature."""
    return spelled(operation).hash


def spelled(operation: Operation) -> Spelling:
    """Return the operation in canonical JSON with its hashes; each field is spelled once, for all three.

    Raises:
        NotCanonical: as ``canonical_json``.
    """
    fields = to_wire(operation)
    payload = canonical_json(fields.pop("payload"), depth=1)
    signature = canonical_json(fields.pop("signature"))
    parts: tuple[dict[str, Any], ...] = ({}, {}, {})
    for name, value in fields.items():
        parts[(name > "payload") + (name > "signature")][name] = value
    before, between, behind = (canonical_json(part)[1:-1] for part in parts)  # none is empty
    signed = b'{%b,"payload":%b,%b,%b}' % (before, payload, between, behind)
    wire = b'{%b,"payload":%b,%b,"signature":%b,%b}' % (before, payload, between, signature, behind)
    return Spelling(digest(payload), digest(signed), wire)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise MalformedOperation(name)
    return value


def _count(value: object, name: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 63:
        raise MalformedOperation(name)


def _actor(value: object) -> Actor:
    if not isinstance(value, Mapping) or value.keys() != set(names(Actor)):
        raise MalformedOperation("actor")
    for name, part in value.items():
        if not (name == "acting_for" and part is None):
            _text(part, f"actor.{name}")
    return Actor(**value)

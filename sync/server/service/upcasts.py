"""Brings operations of older versions to the newest: kinds are immutable, so an old counter's word holds for ever.

Source: sync.md section 1 ("Op kinds are immutable and versioned; the server upcasts. An old client may always push").
Hash, chain and signature are those of the operation as it was signed; they are checked before, and the log keeps it so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.operation import Operation

Upcast = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Payload of one version → payload of the next. Pure and total: what is wrong in it, the handler of the newest says."""


def _called_by_the_authority(payload: Mapping[str, Any]) -> dict[str, Any]:
    """``ticket.called`` 2 names the epoch of the window's reserved block; a counter of version 1 never had one."""
    return {**payload, "epoch": None}


UPCASTS: dict[tuple[str, int], Upcast] = {
    ("ticket.called", 1): _called_by_the_authority,
}
"""By kind and version, the step to ``version + 1``. A new version of a kind is one more line, and none ever goes."""


def newest(operation: Operation) -> Operation:
    """Return the operation as the newest version of its kind spells it.

    One of a version this server does not know comes back as it is.
    """
    version, payload = operation.kind_version, operation.payload
    while (step := UPCASTS.get((operation.kind, version))) is not None:
        version, payload = version + 1, step(payload)
    if version == operation.kind_version:
        return operation
    return replace(operation, kind_version=version, payload=payload)

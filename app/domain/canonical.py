"""One spelling for one value: the bytes that are hashed, chained and signed must not depend on who wrote them."""

import hashlib
import json
from collections.abc import Mapping


class NotCanonical(ValueError):  # noqa: N818 - a property of the value
    """The value holds something that has no single spelling, such as a float."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
"""Made once; what goes round in a circle is nested too deep before it comes here."""


def canonical_json(value: object, depth: int = 0) -> bytes:
    """Return UTF-8 JSON with sorted keys, no blanks and no floats; ``depth`` says how deep in another value it stands.

    Raises:
        NotCanonical: a float, a non-text key, a lone surrogate or a type that JSON does not know.
    """
    _check(value, depth)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds a lone surrogate") from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 lower-case hex characters."""
    return hashlib.sha256(data).hexdigest()


_MAX_DEPTH = 32
_PLAIN = frozenset({str, int, bool, type(None)})
"""Types that are looked at no further: nearly every value is of one, and every act of a clerk is checked twice."""


def _check(value: object, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise NotCanonical("nested too deep")
    if type(value) is dict or isinstance(value, Mapping):  # nearly all are, and that is asked quicker
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"key {key!r} is not text")
            if type(inner) not in _PLAIN:
                _check(inner, depth + 1)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            if type(inner) not in _PLAIN:
                _check(inner, depth + 1)
    elif not isinstance(value, (str, int)) and value is not None:
        raise NotCanonical(f"{type(value).__name__} has no canonical form")

"""The one-time code by which a new computer of the hall is told apart from any other: read out, typed, used once.

Twelve signs of Crockford's alphabet in three groups: eleven carry 55 random bits, the twelfth is a check sign (Luhn's
sum, modulo 32), so that a slip of the finger is found where it was made and costs no try at the server.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: nobody confuses them with 1 and 0, and no code is a word."""
SIGNS = 12
GROUP = 4
RANDOM_BYTES = 7
MAX_TYPED = 32
"""Characters of the field that are looked at."""

_BASE = len(ALPHABET)
_BITS = 5
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = frozenset(" -_.·‐‑–—")


class CodeMistyped(Exception):  # noqa: N818 - what was typed is no code
    """There are not twelve signs, or the check sign does not fit them."""


def code_from(random: bytes) -> str:
    """Return a code, without its groups, from seven random bytes.

    Raises:
        ValueError: there are not seven bytes.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError("seven random bytes are needed")
    number = int.from_bytes(random, "big")
    signs = "".join(ALPHABET[number >> _BITS * at & _BASE - 1] for at in range(SIGNS - 1))
    return signs + _check_sign(signs)


def grouped(code: str) -> str:
    """Return the code, or as much of it as there is, as it is written: ``7K3M-9QTX-2HBD``."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def typed_signs(typed: str) -> str:
    """Return the signs among what was typed: capitals, what looks alike read as what is meant, nothing between them."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).upper().translate(_ALIKE)
    return "".join(each for each in plain if each not in _BETWEEN)[:SIGNS]


def meant(typed: str) -> str:
    """Return the code that was typed.

    Raises:
        CodeMistyped: it cannot be one.
    """
    signs = typed_signs(typed)
    if len(signs) != SIGNS or any(each not in ALPHABET for each in signs) or signs[-1] != _check_sign(signs[:-1]):
        raise CodeMistyped
    return signs


def _check_sign(signs: str) -> str:
    total = 0
    for at, sign in enumerate(reversed(signs)):
        value = ALPHABET.index(sign) * (2 if at % 2 == 0 else 1)
        total += value // _BASE + value % _BASE
    return ALPHABET[-total % _BASE]

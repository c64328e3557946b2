"""The short code on a slip without which nobody sees the case behind its number."""

# 32 signs: nobody confuses 0 with O or 1 with I, and five bits of a byte choose one without bias.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 4


def query_code(random: bytes) -> str:
    """Return a code of four signs from four random bytes.

    Raises:
        ValueError: there are not four bytes.
    """
    if len(random) != LENGTH:
        raise ValueError("four random bytes are needed")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random)

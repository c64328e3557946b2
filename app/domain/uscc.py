"""The unified social credit code of an organisation: 18 characters, the last one a check (GB 32100-2015, MOD 31-3)."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def check_character(body: str) -> str:
    """Return the check character of the first 17 characters.

    Raises:
        ValueError: another length, or a character outside the alphabet (which lacks I, O, S, V and Z).
    """
    if len(body) != LENGTH - 1:
        raise ValueError("17 characters are needed")
    total = sum(ALPHABET.index(each) * pow(3, place, 31) for place, each in enumerate(body))
    return ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Say whether a text is a unified social credit code."""
    well_formed = len(code) == LENGTH and all(each in ALPHABET for each in code)
    return well_formed and check_character(code[:-1]) == code[-1]

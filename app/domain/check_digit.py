"""The check digit that lets a mistyped serial number be noticed (GB/T 17710, ISO 7064 MOD 11,10)."""


def check_digit(digits: str) -> str:
    """Return the digit to append to a string of ASCII digits.

    Raises:
        ValueError: not one digit or more, or another character among them.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("only digits 0-9 carry a check digit")
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_valid(digits: str) -> bool:
    """Tell whether the last digit of ``digits`` is the check digit of those before it."""
    return digits.isascii() and digits.isdigit() and len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]

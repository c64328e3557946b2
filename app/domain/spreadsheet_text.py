"""Text for a spreadsheet's eyes: a cell that begins like a formula must arrive as text, never as one."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_text(text: str) -> str:
    """Return the text so that no spreadsheet runs it: what begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text

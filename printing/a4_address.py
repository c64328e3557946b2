"""How counter.toml names the A4 printer: ``lp:QUEUE`` or ``folder:DIR``."""

import re

LP, FOLDER = "lp", "folder"
EXAMPLES = "lp:QUEUE, folder:DIR"

_QUEUE = re.compile(r"[^\s/#-][^\s/#]{0,126}")
"""What CUPS takes as the name of a queue (lpadmin(8)); never one that reads as an option."""


def parse_address(url: str) -> tuple[str, str]:
    """Return the kind and what it names.

    Raises:
        ValueError: neither a queue nor a folder.
    """
    kind, _, rest = url.partition(":")
    if kind == LP and _QUEUE.fullmatch(rest) and rest.isprintable():
        return kind, rest
    if kind == FOLDER and rest.strip() and rest.isprintable():
        return kind, rest
    raise ValueError(url)

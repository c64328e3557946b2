"""The slip templates lie as data beside the code; this reads them once."""

from functools import cache
from pathlib import Path

import resources
from app.domain.paper.markup import Template, parse

FOLDER = Path(resources.__path__[0]) / "slips"


@cache
def load_templates() -> dict[str, Template]:
    """Return every shipped template by name, SL-01 … SL-18.

    Raises:
        MarkupError: a template breaks the markup; names file and line.
    """
    return {file.stem: parse(file.read_text(encoding="utf-8"), file.stem) for file in sorted(FOLDER.glob("*.tpl"))}

"""The forms and samples lie as data beside the code; this reads them once."""

from functools import cache
from pathlib import Path

import resources
from app.domain.form_file import FormFile, form_file

FOLDER = Path(resources.__path__[0]) / "forms"


@cache
def load_forms() -> dict[str, FormFile]:
    """Return every packaged form by the name of its file.

    Raises:
        MarkupError: a form breaks the markup; names file and line.
    """
    return {file.name: form_file(file.name, file.read_bytes()) for file in sorted(FOLDER.glob("*.tpl"))}

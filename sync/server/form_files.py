"""The forms and samples that go with the program: what a catalogue may name, each with its hash."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import resources
from app.domain.form_file import form_file

FOLDER = Path(resources.__path__[0]) / "forms"


@cache
def packaged_forms() -> Mapping[str, str]:
    """Return the SHA-256 of every packaged form by the name of its file.

    Raises:
        MarkupError: a form breaks the markup.
    """
    return {file.name: form_file(file.name, file.read_bytes()).sha256 for file in sorted(FOLDER.glob("*.tpl"))}

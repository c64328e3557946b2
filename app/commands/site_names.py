"""The rare characters of a site: names of its people and places that screen and paper must be able to show."""

from pathlib import Path
from typing import Final

from app.commands.settings_writing import replace_file

FILE: Final = "rare-names.txt"
"""Beside counter.toml: names or single characters, in any order; nobody's data, the register's spelling of names."""
USUAL: Final = "䶮㛃𬱖𠅤𫖯𬭚㻬𬴂䢺𡐓𰻞"
"""Of names that real registers hold (devices.md section 3.5), where a site named none."""
MOST: Final = 400


def site_names(data: Path) -> str:
    """Return what a site wrote, its lines joined by spaces; the usual characters where it wrote nothing readable."""
    try:
        said = " ".join((data / FILE).read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        return USUAL
    return said[:MOST] or USUAL


def keep_site_names(data: Path, names: str) -> None:
    """Keep the names for the next time and for ``chuangkou doctor``.

    Raises:
        OSError: they cannot be written.
    """
    replace_file(data / FILE, " ".join(names.split())[:MOST] + "\n")

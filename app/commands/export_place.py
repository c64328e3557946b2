"""Where exported tables are put: the folder of the settings (``[export] folder``), else the person's documents."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.commands.settings import BadSettings
from app.storage.export_folder import documents

TABLE = "export"
FOLDER = "窗口台账"
"""Below the documents, so that they stay tidy."""


def export_folder(path: Path, document: Mapping[str, Any]) -> Path | None:
    """Return the folder that the settings file at ``path`` names; None where it names none.

    Raises:
        BadSettings: the table has another key, or no path.
    """
    table = document.get(TABLE)
    if table is None:
        return None
    if not isinstance(table, dict) or table.keys() - {"folder"}:
        raise BadSettings("settings_unknown_key", TABLE)
    folder = table.get("folder")
    if not isinstance(folder, str) or not folder.strip():
        raise BadSettings("settings_missing_key", f"{TABLE}.folder")
    return path.parent / Path(folder).expanduser()


def own_documents() -> Path:
    """Return the folder below the documents of whoever is logged in at this computer."""
    home = Path.home()
    return documents(home, Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")) / FOLDER

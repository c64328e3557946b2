"""Where exported files are put: whole, beside older ones, readable by their owner alone."""

from pathlib import Path

import pytest

from app.commands.export_place import export_folder
from app.commands.settings import BadSettings
from app.ports.exports import ExportFault
from app.storage.export_folder import DiskFolder, documents


def test_a_file_never_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    folder = DiskFolder(tmp_path / "made" / "when needed")
    first, second = (Path(folder.keep("受理-2026-11-23.xlsx", content)) for content in (b"one", b"two"))
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert second.name == "受理-2026-11-23(2).xlsx"
    assert first.stat().st_mode & 0o077 == 0


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportFault) as fault:
        DiskFolder(tmp_path / "file").keep("a.csv", b"")
    assert fault.value.place == str(tmp_path / "file")


def test_documents_are_where_the_desktop_says(tmp_path: Path) -> None:
    assert documents(tmp_path, tmp_path) == tmp_path / "Documents"
    (tmp_path / "user-dirs.dirs").write_text('# made by the desktop\nXDG_DOCUMENTS_DIR="$HOME/文档"\n', "utf-8")
    assert documents(tmp_path, tmp_path) == tmp_path / "文档"


def test_the_settings_name_a_folder_or_are_told_what_is_wrong(tmp_path: Path) -> None:
    settings = tmp_path / "counter.toml"
    assert export_folder(settings, {}) is None
    assert export_folder(settings, {"export": {"folder": "tables"}}) == tmp_path / "tables"
    assert export_folder(settings, {"export": {"folder": "/srv/tables"}}) == Path("/srv/tables")
    for wrong in ({"folder": ""}, {"folder": 7}, {}, {"folder": "a", "path": "b"}, "tables"):
        with pytest.raises(BadSettings):
            export_folder(settings, {"export": wrong})

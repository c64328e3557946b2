"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OURS = {"app", "ui", "printing", "devices", "sync", "resources"}


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("file", sorted((ROOT / "tests/e2e/tour").glob("*.py")), ids=lambda file: file.name)
def test_the_tour_imports_nothing_of_the_product(file):
    assert not imported(file) & OURS


def test_no_file_names_a_package_registry():
    # Written in pieces, so that this file does not find itself.
    hosts = ["pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "deb.debian" + ".org"]

    named = [
        str(file.relative_to(ROOT))
        for file in tracked_files()
        if any(host.encode() in file.read_bytes() for host in hosts)
    ]

    assert named == []


def test_the_lock_pins_every_package_with_hashes_and_no_address():
    lock = (ROOT / "installer/requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"(?m)^[a-z0-9-]+(?:\[[a-z,]+\])?==", lock)

    assert len(pinned) > 50
    assert not re.search(r"(https?|file)://", lock)
    for block in re.split(r"(?m)^(?=[a-z0-9-]+==)", lock)[1:]:
        assert "--hash=sha256:" in block, block[:60]


def test_qt_is_pinned_below_the_release_that_drops_references():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert any("PySide6-Essentials" in each and "<6.12" in each for each in project["dependencies"])


def test_no_sentence_of_the_product_is_on_the_list_of_forbidden_phrases():
    # 服务忌语 (seed part 2): what a clerk must not say, the screen must not say either.
    forbidden = ["我不管", "问别人去", "还没上班", "快点", "你去投诉", "我刚才已经说过", "不知道"]
    said = {
        phrase: file.name
        for file in sorted((ROOT / "resources/messages").glob("*.toml"))
        + sorted((ROOT / "resources/slips").glob("*.tpl"))
        for phrase in forbidden
        if phrase in file.read_text(encoding="utf-8")
    }

    assert said == {}

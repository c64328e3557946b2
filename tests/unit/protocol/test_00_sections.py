"""The protocol and its tests say the same: a file for every section, a test for every rule, a rule for every test."""

import ast
import re
from pathlib import Path

README = (Path(__file__).parents[3] / "sync" / "protocol" / "README.md").read_text("utf-8")
SECTIONS = {int(number): title for number, title in re.findall(r"^## (\d+)\. (.+)$", README, re.MULTILINE)}
RULES = re.findall(r"^- \*\*(\d+)\.(\d+)\*\* \S", README, re.MULTILINE)
FILES = {
    int(path.name[5:7]): path for path in Path(__file__).parent.glob("test_[0-9][0-9]_*.py") if "_00_" not in path.name
}
NAMED = re.compile(r"^((?:\d+\.\d+ )+)(.+)", re.DOTALL)


def sentences(path: Path) -> dict[str, str]:
    """Return what every test of a file says that it shows."""
    body = ast.parse(path.read_text("utf-8")).body
    tests = [each for each in body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")]
    return {each.name: ast.get_docstring(each) or "" for each in tests}


def test_the_sections_are_numbered_and_each_has_its_file() -> None:
    assert list(SECTIONS) == list(range(1, len(SECTIONS) + 1)) == sorted(FILES)
    for number, path in FILES.items():
        head = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").splitlines()[0]
        assert head.lower() == f"section {number}: {SECTIONS[number].lower()}."


def test_the_rules_of_a_section_are_numbered_from_one() -> None:
    for number in SECTIONS:
        assert [int(rule) for section, rule in RULES if int(section) == number] == list(
            range(1, 1 + sum(int(section) == number for section, _ in RULES))
        )


def test_every_rule_has_a_test_and_every_test_names_its_rule() -> None:
    shown: set[str] = set()
    for number, path in FILES.items():
        for name, said in sentences(path).items():
            found = NAMED.fullmatch(said)
            assert found is not None, f"{path.name}: {name} names no rule"
            assert found[2].endswith("."), f"{path.name}: {name} says no sentence"
            rules = found[1].split()
            assert {rule.split(".")[0] for rule in rules} == {str(number)}, f"{path.name}: {name}"
            shown.update(rules)
    assert {f"{section}.{rule}" for section, rule in RULES} == shown

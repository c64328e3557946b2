"""How one model of keypad speaks: which bytes are which grade, and what it is told; the same lines as for displays."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import resources
from app.domain.rating import Grade
from devices.display.forms import Value
from devices.display.parts import Frame
from devices.display.template import Source, only, read_source, read_values, table_of

FOLDER = Path(resources.__path__[0]) / "keypads"
GRADES = {each.name.lower(): each for each in Grade}
"""The keys of ``[grades]``: very_satisfied … very_dissatisfied."""


class Prompt(StrEnum):
    """What a keypad is told; the values are the names of the frames."""

    ASK = "ask"
    END = "end"


@dataclass(frozen=True, slots=True)
class KeypadTemplate:
    """One model; ``prompts`` may be empty, many keypads only speak."""

    name: str
    grades: Mapping[Grade, Frame]
    prompts: Mapping[Prompt, Frame]
    values: Mapping[str, Value]


def load_keypad(path: Path) -> KeypadTemplate:
    """Return the keypad template in a file.

    Raises:
        BadTemplate: with file, line and part; also where two grades are the same bytes.
    """
    source, document = read_source(path)
    only(source, "", document, ["name", "values", "frames", "grades"])
    values = read_values(source, table_of(source, document, "values"))
    names = ("addr", "window", *values)
    frames = table_of(source, document, "frames")
    only(source, "frames", frames, [each.value for each in Prompt])
    grades = table_of(source, document, "grades")
    only(source, "grades", grades, list(GRADES))
    pressed = {GRADES[key]: source.frame("grades", key, line, names, answer=True) for key, line in grades.items()}
    _tell_apart(source, pressed)
    return KeypadTemplate(
        name=str(document.get("name", path.stem)),
        grades=pressed,
        prompts={Prompt(key): source.frame("frames", key, line, names) for key, line in frames.items()},
        values=values,
    )


def _tell_apart(source: Source, pressed: Mapping[Grade, Frame]) -> None:
    """Make sure that all five are there and none is, or begins like, another."""
    if len(pressed) < len(Grade):
        raise source.bad("template_bad_grades", "", "grades")
    samples = {grade: b"".join(frame.without_any().render(_SAMPLE)) for grade, frame in pressed.items()}
    for grade, data in samples.items():
        others = [frame for each, frame in pressed.items() if each is not grade]
        if any(frame.match(data) is not None for frame in others):
            raise source.bad("template_bad_grades", "grades", grade.name.lower())


class _Anything(dict[str, Value]):
    """Has a value for every field."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __missing__(self, _name: str) -> Value:
        return 1


_SAMPLE = _Anything()

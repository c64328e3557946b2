"""A display's call frame while it is written: its bytes at every keystroke, or what is wrong and in which column."""

from pathlib import Path
from typing import Final

from app.commands.checkup.devices import SAMPLE
from app.commands.settings_writing import replace_file, with_value
from app.ports.window_display import Kind
from app.storage.messages import text
from devices.display.forms import Unfit
from devices.display.grammar import BadLine, read_frame
from devices.display.preview import preview
from devices.display.template import FIELDS, BadTemplate, load_template, read_source, shipped_or_own
from ui.screens.settings.parts import FrameLine, FrameShown

OWN: Final = "display-own.toml"
"""Where a changed frame is kept, beside the settings: what comes with the program is never changed."""


def frame_shown(data: Path, template: str, line: str, address: int) -> FrameShown:
    """Return what a line sends when A023 is called at A03, with the constants of a template.

    ``address`` is the board's. A line that cannot be read, or a value that does not fit, is an error with its column.
    """
    try:
        values = dict(load_template(shipped_or_own(template, data)).values)
    except BadTemplate:
        values = {}
    try:
        frame = read_frame(line, (*FIELDS, *values))
        shown = preview(frame, {**values, **SAMPLE, "addr": address})
    except BadLine as error:
        place = text("frame_place", column=error.column, word=error.word) if error.column else text("frame_whole")
        what = text(error.fault, place=place)
        return FrameShown(error=what, column=error.column)
    except Unfit as error:
        return FrameShown(error=text("display_value_unfit", place=error.name))
    lines = (FrameLine(each.number, each.hex, text(each.code, **each.values)) for each in shown.parts)
    return FrameShown(shown.hex, tuple(lines))


def line_of_call(data: Path, template: str) -> str:
    """Return the call's line of a template as it was written; empty where it cannot be read."""
    try:
        _, document = read_source(shipped_or_own(template, data))
    except BadTemplate:
        return ""
    frames = document.get("frames")
    line = frames.get(Kind.CALL.value, "") if isinstance(frames, dict) else ""
    return line if isinstance(line, str) else ""


def kept_frame(data: Path, template: str, line: str) -> str:
    """Keep a changed line in a template of one's own, with all else of the one it came from; return its name.

    Raises:
        OSError: it cannot be written.
    """
    source = shipped_or_own(template, data)
    try:
        content = source.read_text(encoding="utf-8")
    except OSError:
        content = ""
    replace_file(data / OWN, with_value(content, "frames", Kind.CALL.value, line))
    return OWN

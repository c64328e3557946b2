"""What the card says of scanned copies; nothing where there are none, as at every window without a document camera.

One that is looked at lies in the right pane, with its digits above it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.domain.visit import VisitState
from ui.screens.counter.build import wording
from ui.screens.counter.copy_pane import KIND, CopyPane
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, KeyState
from ui.texts import text
from ui.widgets.slip_views import FaultOption, FaultView, SlipView
from ui.widgets.views import IconLine, Tag, Tone

NEWER: Final = 1
LATER: Final = 2
OFF: Final = 3
KEY: Final = "Ctrl K"
_ICON = "ph.camera"
_KILOBYTE = 1024


def row_words(copies: Mapping[str, int], material_id: str) -> str:
    """Return what the row of a material says of its copies."""
    words = _words(copies.get(material_id, 0))
    return f"{words}，{KEY} 看" if words else ""


def all_words(copies: Mapping[str, int]) -> str:
    """Return what the closed section says of all copies (drawing 04)."""
    return _words(sum(copies.values()))


def copy_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+K where there is a copy to look at."""
    here = state.visit is not None and state.visit.state in (VisitState.SERVING, VisitState.ISSUED)
    return (KeyState("act_copies"),) if here and state.copies else ()


def copy_question(pane: CopyPane) -> FaultView:
    """Return the digits above a copy, or the question whether it is really to be taken off."""
    if pane.sure:
        options = (
            FaultOption("取下，不再保留", "取下了什么、谁取下的会记下来", "取下"),
            FaultOption("留着", "回去接着看", "留着"),
        )
        return FaultView(_ICON, "取下这一份扫描件？", _told(pane), options, Tone.ERR)
    taking = () if pane.fixed else (FaultOption("取下这一份", "扫错了的，取下后可以再扫", "取下"),)
    options = (
        FaultOption("看新一份", "", "新一份", enabled=pane.at > 0),
        FaultOption("看早一份", "", "早一份", enabled=pane.at + 1 < len(pane.copies)),
        *taking,
    )
    return FaultView(_ICON, pane.material, text(pane.fault) if pane.fault else _told(pane), options, Tone.PRI)


def with_copies(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the copy that is looked at in the right pane."""
    pane = state.copy_pane
    if pane is None or state.ask is None or state.ask.kind != KIND or not isinstance(view.right, SlipView):
        return view
    right = replace(
        view.right,
        kind="扫描件",
        title="扫描件",
        tag=Tag(f"第 {pane.at + 1} 份，共 {len(pane.copies)} 份", Tone.PRI),
        status=IconLine(_ICON, wording.moment(pane.shown.taken_ms)),
        paper=pane.picture,
        paper_key=f"copy/{pane.shown.copy_id}" if pane.picture is not None else "",
        preview=False,
        after=None,
        foot=IconLine("ph.info", "Esc 回到小票"),
        sheet=True,
    )
    return replace(view, right=right)


def _told(pane: CopyPane) -> str:
    copy = pane.shown
    size = (
        f"{copy.size / _KILOBYTE / _KILOBYTE:.1f} MB"
        if copy.size >= _KILOBYTE**2
        else f"{-(-copy.size // _KILOBYTE)} KB"
    )
    return f"{copy.kind.value} {size}"


def _words(count: int) -> str:
    return f"已扫描 {count} 份" if count else ""

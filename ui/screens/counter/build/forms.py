"""范本与式样 on the screen: which form of the item on the page is printed (domain rule I09)."""

from typing import Final

from app.domain.form_file import WORDS, OfferedForm, offered
from ui.screens.counter.build.laws import current_item
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import KeyState
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

MOST: Final = 9
"""Digits there are."""


def forms_of(state: CounterState) -> tuple[OfferedForm, ...]:
    """Return the forms of the item on the page, as many as there are digits."""
    item = current_item(state)
    return offered(item)[:MOST] if item is not None else ()


def form_keys(state: CounterState) -> tuple[KeyState, ...]:
    """Return Ctrl+F where the item on the page has forms at hand."""
    return (KeyState("act_forms"),) if forms_of(state) else ()


def form_question(forms: tuple[OfferedForm, ...]) -> FaultView:
    """Return the list with its digits."""
    options = tuple(FaultOption(WORDS[each.kind], each.material, "打印") for each in forms)
    return FaultView("ph.file-text", "打印哪一份？", "免费，不计数", options, Tone.PRI)

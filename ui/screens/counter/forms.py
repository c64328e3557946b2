"""Ctrl+F and a digit: a blank form or a sample comes out, on A4 where there is an A4 printer (domain rule I09)."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.form_file import FormKind
from app.ports.spool import PrintWay
from app.usecases.print_form import print_form
from ui import intents
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.forms import form_question, forms_of
from ui.screens.counter.build.laws import current_item
from ui.screens.counter.form_intents import OpenForms
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

WHICH: Final = "forms"
QUEUED: Final = "form_queued"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the key, and the digit that says which."""
    state = presenter.state
    asked = state.ask is not None and state.ask.kind == WHICH
    forms, item = forms_of(state), current_item(state)
    match intent:
        case OpenForms() if state.over is None and forms:
            presenter.update(ask=Ask(WHICH, form_question(forms)), message="")
        case intents.Answer(number) if asked and item is not None and 1 <= number <= len(forms):
            chosen = forms[number - 1]
            presenter.update(ask=None)
            presenter.act(partial(printed, item_id=item.id, material_id=chosen.material_id, kind=chosen.kind))
        case intents.Answer() | intents.ConfirmAnswer() if asked:
            pass
        case _:
            return False
    return True


def printed(parts: CounterParts, item_id: str, material_id: str, kind: FormKind) -> Done:
    """Queue it; the thread of the printer it goes to takes it from here."""
    way = PrintWay.A4 if parts.a4 else PrintWay.OWN
    print_form(parts.store, parts.clock, parts.forms, item_id, material_id, kind=kind, way=way, by=parts.clerk)
    wake = parts.wake_a4 if parts.a4 else parts.wake_printer
    wake()
    return Done(look(parts).facts, QUEUED)

"""Which keys do something now; a key that does nothing is shown so."""

from app.domain.catalogue.organisation import Authority
from app.domain.visit import VisitState
from app.domain.work.outcome import Outcome
from ui.screens.counter.build import manager, notice
from ui.screens.counter.build.answers import answer_keys
from ui.screens.counter.build.block import block_keys, call_label
from ui.screens.counter.build.conflicts import conflict_keys
from ui.screens.counter.build.consent import consent_key
from ui.screens.counter.build.copies import copy_keys
from ui.screens.counter.build.fees import fee_keys
from ui.screens.counter.build.forms import form_keys
from ui.screens.counter.build.onward import onward_key
from ui.screens.counter.build.overdue import overdue_keys
from ui.screens.counter.build.pickup import pickup_keys
from ui.screens.counter.build.queue_keys import queue_keys
from ui.screens.counter.build.service import service_keys
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.build.take_over import take_over_keys
from ui.screens.counter.build.transfer import transfer_keys
from ui.screens.counter.build.upward import upward_keys
from ui.screens.counter.build.ways_out import BY_HAND, stands_still
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, KeyState

_NAMES = {Authority.ACCEPT: "受理", Authority.COMPLETE: "办结", Authority.INTAKE: "收件"}
_SIGNED_IN = (
    KeyState("act_search"),
    KeyState("act_pause"),
    KeyState("act_lock"),
    KeyState("act_laws"),
    KeyState("act_guide"),
)
_ALWAYS = (KeyState("act_help"),)


def keys(state: CounterState, outcome: Outcome | None) -> tuple[KeyState, ...]:
    """Return the keys that are on in this state."""
    if state.clerk is None:
        return _ALWAYS
    leave = (KeyState("act_signOut"),) if state.visit is None else ()
    queue = (*queue_keys(state), *transfer_keys(state), *onward_key(state), *consent_key(state), *take_over_keys(state))
    queue = (*queue, *_waiting(state))
    return (*_ALWAYS, *_SIGNED_IN, *leave, *_panel(state), *_of_state(state, outcome), *queue, *copy_keys(state))


def _waiting(state: CounterState) -> tuple[KeyState, ...]:
    """Return the keys of what waits without a citizen: results to be taken, higher authorities to be asked."""
    return (
        *pickup_keys(state),
        *upward_keys(state),
        *answer_keys(state),
        *service_keys(state),
        *fee_keys(state),
        *form_keys(state),
        *overdue_keys(state),
        *conflict_keys(state),
        *block_keys(state),
    )


def _of_state(state: CounterState, outcome: Outcome | None) -> tuple[KeyState, ...]:
    match state.visit.state if state.visit else None:
        case None:
            call = KeyState("act_callNext", CapState.PRIMARY, call_label(state))
            return (call, KeyState("act_callChosen"))
        case VisitState.CALLED:
            return (KeyState("act_readId"),)
        case VisitState.SERVING:
            possible = outcome is not None and outcome.act_possible
            ten = _NAMES[outcome.act] if outcome else ""
            return (
                notice.key(state, outcome),
                KeyState("act_accept", _ten(state, possible=possible), ten),
                KeyState("act_readId"),
                KeyState("act_undo"),
                KeyState("act_reveal"),
                KeyState("act_paper"),
                *(KeyState(f"act_jump__{n}") for n in range(1, 6)),
                *(KeyState(f"act_person__{n}") for n in range(1, 5)),
            )
        case _:
            if not paper_given(state):
                return (KeyState("act_reveal"), KeyState("act_paper"))
            return (
                KeyState("act_callNext", CapState.PRIMARY),
                KeyState("act_finish", CapState.SUGGESTED),
                KeyState("act_reprint"),
                *((KeyState("act_ratingSlip"),) if state.issued is not None else ()),
                KeyState("act_reveal"),
                KeyState("act_paper"),
            )


def _ten(state: CounterState, *, possible: bool) -> CapState:
    """Return how F10 stands; where papers are short and may be taken in all the same, F9 is the key to press."""
    if not possible:
        return CapState.DISABLED
    return CapState.NORMAL if notice.is_short(state.card) else CapState.PRIMARY


def _panel(state: CounterState) -> tuple[KeyState, ...]:
    asks = state.unsure is not None or (state.card is not None and state.card.who_is_who) or state.issued is not None
    asks = asks or bool(manager.unseen(state))
    last = BY_HAND if stands_still(state) else 2
    return tuple(KeyState(f"act_panel__{number}") for number in range(1, last + 1)) if asks else ()

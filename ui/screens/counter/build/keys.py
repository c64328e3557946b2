"""Which keys do something now; a key that does nothing is shown so."""

from app.domain.catalogue.organisation import Authority
from app.domain.visit import VisitState
from app.domain.work.outcome import Outcome
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, KeyState

_NAMES = {Authority.ACCEPT: "受理", Authority.COMPLETE: "办结", Authority.INTAKE: "收件"}
_ALWAYS = (KeyState("act_help"),)


def keys(state: CounterState, outcome: Outcome | None) -> tuple[KeyState, ...]:
    """Return the keys that are on in this state."""
    if state.clerk is None:
        return _ALWAYS
    return (*_ALWAYS, *_panel(state), *_of_state(state, outcome))


def _of_state(state: CounterState, outcome: Outcome | None) -> tuple[KeyState, ...]:
    match state.visit.state if state.visit else None:
        case None:
            call = KeyState("act_callNext", CapState.PRIMARY, "凭票办理" if state.offline else "")
            return (call, KeyState("act_callChosen"))
        case VisitState.CALLED:
            return (KeyState("act_readId"),)
        case VisitState.SERVING:
            possible = outcome is not None and outcome.act_possible
            ten = _NAMES[outcome.act] if outcome else ""
            return (
                KeyState("act_accept", CapState.PRIMARY if possible else CapState.DISABLED, ten),
                KeyState("act_readId"),
                KeyState("act_undo"),
                KeyState("act_reveal"),
                KeyState("act_paper"),
                *(KeyState(f"act_jump__{n}") for n in range(1, 6)),
            )
        case _:
            if not paper_given(state):
                return (KeyState("act_reveal"), KeyState("act_paper"))
            return (
                KeyState("act_callNext", CapState.PRIMARY),
                KeyState("act_finish", CapState.SUGGESTED),
                KeyState("act_reprint"),
                KeyState("act_reveal"),
                KeyState("act_paper"),
            )


def _panel(state: CounterState) -> tuple[KeyState, ...]:
    asks = state.unsure is not None or (state.card is not None and state.card.who_is_who) or state.issued is not None
    return (KeyState("act_panel__1"), KeyState("act_panel__2")) if asks else ()

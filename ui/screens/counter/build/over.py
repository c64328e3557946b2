"""What lies over the work: the search, the sign, the handover, the sign-in; the view of the work stays beneath."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.screens.consent.state import ConsentState
from ui.screens.counter.build.complaint import complaint_view
from ui.screens.counter.build.consent import consent_view
from ui.screens.counter.build.cover import cover_view
from ui.screens.counter.build.door import door_view
from ui.screens.counter.build.far import with_far
from ui.screens.counter.build.fees import fee_view
from ui.screens.counter.build.finding import commands_for, search_view, shown_hits
from ui.screens.counter.build.laws import laws_view
from ui.screens.counter.build.leaving import LEAVING, handover_slip, handover_view
from ui.screens.counter.build.opening import sign_in_view
from ui.screens.counter.build.overdue import overdue_view
from ui.screens.counter.build.project import project_view
from ui.screens.counter.build.service import service_view
from ui.screens.counter.overdue_state import OverdueState
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CapState, CounterView, KeyState, ServingView
from ui.screens.door.state import DoorState
from ui.screens.fee.state import FeeState
from ui.screens.handover.state import HandoverState
from ui.screens.laws.state import LawsState
from ui.screens.pause.state import PauseDraft
from ui.screens.register.state import ComplaintState, ProjectState
from ui.screens.search.state import SearchState
from ui.screens.service.state import ServiceState
from ui.screens.sign_in.state import SignInState
from ui.widgets.work_views import PersonView

if TYPE_CHECKING:
    from ui.screens.counter.view_model import Page

__all__ = ["commands_for", "over", "shown_hits"]

_HELP = KeyState("act_help")
_LAWS = KeyState("act_laws")
_PAUSE = KeyState("act_pause")
_LOCK = KeyState("act_lock")
_REGISTER = KeyState("act_accept", CapState.PRIMARY, "登记")


def over(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with what lies over it."""
    if state.covered or isinstance(state.over, PauseDraft):
        return _covered(state, view)
    match state.over:
        case SearchState() as search:
            correct = (KeyState("act_correct"),) if shown_hits(state, search) and search.far.at is None else ()
            keys = (_HELP, KeyState("act_search", CapState.PRIMARY), _PAUSE, _LOCK, *correct)
            found = with_far(state, search, search_view(state, search))
            return _under(view, found, "searching", keys, found.message)
        case HandoverState() as handing:
            done = not handing.sheet.ownerless and not handing.sheet.unexplained
            ten = KeyState("act_accept", CapState.PRIMARY if done else CapState.DISABLED, "交班")
            work = replace(view, rail=replace(view.rail, now=LEAVING), right=handover_slip(state, handing))
            return _under(work, handover_view(state, handing), "handover", (_HELP, ten, _PAUSE, _LOCK))
        case SignInState() | DoorState() as entering:
            page = door_view(state, entering) if isinstance(entering, DoorState) else sign_in_view(state, entering)
            return _under(view, page, "locked", ())
        case None | PauseDraft():
            return _shaded(view) if state.shaded else view
        case beside:
            return _beside(state, view, beside)


_Beside = ConsentState | LawsState | ComplaintState | ProjectState | ServiceState | FeeState | OverdueState


def _beside(state: CounterState, view: CounterView, over: _Beside) -> CounterView:
    """Return the view with what is asked for or looked up while the work waits."""
    if isinstance(over, ConsentState):
        return _under(view, consent_view(over), "serving", (_HELP, _PAUSE, _LOCK))
    if isinstance(over, ServiceState | FeeState | OverdueState):
        return _under(view, _asked(state, over), "serving", (_HELP, _PAUSE, _LOCK))
    if isinstance(over, ComplaintState | ProjectState):
        page = complaint_view(state, over) if isinstance(over, ComplaintState) else project_view(state, over)
        return _under(view, page, "serving", (_HELP, _REGISTER, _PAUSE, _LOCK))
    return _under(view, laws_view(state, over), "searching", (_HELP, _LAWS, _PAUSE, _LOCK))


def _asked(state: CounterState, over: ServiceState | FeeState | OverdueState) -> "Page":
    if isinstance(over, ServiceState):
        return service_view(state, over)
    return fee_view(state, over) if isinstance(over, FeeState) else overdue_view(state, over)


def _covered(state: CounterState, view: CounterView) -> CounterView:
    page = cover_view(state)
    keys = (_HELP, KeyState("act_pause", CapState.WARN)) if page.choosing else (_HELP,)
    return _under(view, page, "locked" if page.locked else "paused", keys)


def _under(
    view: CounterView, page: "Page", ui_state: str, keys: tuple[KeyState, ...], message: str = ""
) -> CounterView:
    """Return the view with a page over it; what was asked beneath takes no answer now."""
    return replace(view, ui_state=ui_state, page=page, keys=keys, asking=False, message=message, section=0)


def _shaded(view: CounterView) -> CounterView:
    """Hide the person while nobody has touched a key for long; the work itself stays in view."""
    if not isinstance(view.centre, ServingView):
        return view
    hidden = PersonView(name="已遮挡", reading="按任意键显示", known=view.centre.person.known, revealable=False)
    return replace(view, centre=replace(view.centre, person=hidden))

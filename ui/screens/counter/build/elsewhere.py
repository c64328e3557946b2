"""Papers that wait at another printer: counted while nobody is here, for whoever sent them there may have gone on."""

from dataclasses import replace

from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, IdleView
from ui.texts import text
from ui.widgets.slip_views import NoticeView, SideView
from ui.widgets.views import Tag, Tone, Words


def with_elsewhere(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with them counted beside the clerk's own cases, and why they wait among the notices."""
    count, centre = state.elsewhere, view.centre
    if not count or state.clerk is None or not isinstance(centre, IdleView):
        return view
    name = state.ways.other or "另一台打印机"
    centre = replace(centre, tags=(*centre.tags, Tag(f"{name} 待打 {count}", Tone.WARN)))
    right = view.right
    if isinstance(right, SideView):
        right = replace(
            right, notices=(*right.notices, NoticeView(f"{name} 待打", f"{count} 张", _why(state), Tone.WARN))
        )
    return replace(view, centre=centre, right=right)


def _why(state: CounterState) -> tuple[Words, ...]:
    fault = state.ways.other_fault
    if not fault:
        return (("改到那里的单子还没有打完，打好请去取。",),)
    return ((f"{text(fault)}。{text(f'{fault}_fix')}，修好自动打。",),)

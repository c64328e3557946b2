"""What stands before the citizen, in the clerk's picture: 请群众评价 beside the result, and a call that nobody sees.

The card says that the citizen is asked, for how long, and then 已评价 or 未评价, never a grade.
"""

from dataclasses import replace

from app.domain.visit import VisitState
from ui.screens.counter.rating_ask import RatingAsk, Stage
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import CounterView, ServingView
from ui.texts import text
from ui.widgets.views import DeviceState
from ui.widgets.work_views import OutcomeView, RatingView, SectionView


def call_aloud(state: CounterState) -> str:
    """Return what to do about a call while the display over the window is silent (design.md section 8.2)."""
    device = state.devices.get("caller")
    calling = state.visit is not None and state.visit.state is VisitState.CALLED
    return text("call_aloud") if calling and device is not None and device.state is not DeviceState.OK else ""


def with_rating(state: CounterState, view: CounterView) -> CounterView:
    """Return the view with the card of the rating, while its citizen is still here."""
    rating = state.rating
    here = state.visit is not None and rating is not None and rating.visit_id == state.visit.visit_id
    if rating is None or not here or not isinstance(view.centre, ServingView):
        return view
    sections = tuple(_shown(state, each, rating) for each in view.centre.sections)
    return replace(view, centre=replace(view.centre, sections=sections))


def _shown(state: CounterState, section: SectionView, rating: RatingAsk) -> SectionView:
    if not isinstance(section.body, OutcomeView) or section.body.result is None:
        return section
    return replace(section, body=replace(section.body, rating=_card(state, rating)))


def _card(state: CounterState, rating: RatingAsk) -> RatingView:
    device = state.devices.get("rating")
    if rating.stage is Stage.ASKING and device is not None and device.state is not DeviceState.OK:
        return RatingView("请群众评价", "", text("rating_by_phone"))
    if rating.stage is Stage.ASKING:
        whole_ms, left_ms = rating.until_ms - rating.since_ms, max(0, rating.until_ms - state.now_ms)
        return RatingView("请群众评价", "", text("rating_on_the_pad"), whole_ms, left_ms)
    given = rating.stage is Stage.GIVEN
    return RatingView("群众评价", "已评价" if given else "未评价", text("rating_given" if given else "rating_later"))

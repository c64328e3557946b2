"""What hangs outside the clerk's screen: the display over the window, and the evaluator in front of the citizen.

It looks at every picture of the window that is drawn, tells the devices what is new, and hears what they say.
"""

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

from app.domain.rating import Grade, Way
from app.domain.visit import VisitState
from app.ports.evaluator import EvaluatorBack, EvaluatorEvent, EvaluatorLost, GradePressed
from app.ports.window_display import DisplayBack, DisplayEvent, DisplayLost, DisplayUnfit, Kind, Showing
from app.usecases.give_rating import give_rating
from ui.screens.counter.acts import NotDone
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.build import wording
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.rating_ask import RatingAsk, RatingPlace, Stage
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.evaluator.view_model import Asking, EvaluatorView
from ui.screens.evaluator.window import EvaluatorWindow
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)

DISPLAY: Final = "caller"
EVALUATOR: Final = "rating"
UNFIT: Final = DeviceStatus(DeviceState.WARN, "display_unfit")
THANKS_MS: Final = 4_000
"""How long the citizen reads the thanks."""


def showing(state: CounterState) -> Showing:
    """Return what the display over the window says: a pause, the number that is served, or that nobody is."""
    if state.clerk is None:
        return Showing(Kind.CLEAR)
    if (pause := state.pausing) is not None:
        return Showing(Kind.TEXT, text=f"暂停服务 预计{wording.clock(pause.until_ms)}回来")
    if state.visit is not None:
        return Showing(Kind.CALL, state.visit.number, f"请{state.visit.number}号")
    return Showing(Kind.IDLE, text=f"{state.window}号窗口")


class Outside:
    """Lives as long as the presenter; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, presenter: "CounterPresenter", bridge: Bridge) -> None:
        self._presenter = presenter
        self._show_display: Callable[[Showing], None] | None = None
        self._shown: Showing | None = None
        self._screen: EvaluatorWindow | None = None
        self._place: RatingPlace | None = None
        self._prompted = False
        self._told_ms = 0
        bridge.display.connect(self.display_said)
        bridge.evaluator.connect(self.evaluator_said)

    def look(self) -> None:
        """Tell the devices what changed; called with every picture of the window."""
        state, parts = self._presenter.state, self._presenter.parts
        if parts is not None and (parts.show_display, parts.rating) != (self._show_display, self._place):
            self._show_display, self._place, self._shown = parts.show_display, parts.rating, None
        wanted = showing(state)
        if self._show_display is not None and wanted != self._shown:
            self._shown = wanted
            self._show_display(wanted)
            if state.devices.get(DISPLAY) == UNFIT:
                self._stands(DISPLAY, DeviceStatus())  # what did not fit was the showing before
                return
        if self._place is not None:
            self._ask_or_end(state, self._place)
            self._draw(self._presenter.state, self._place)

    def close(self) -> None:
        """Take the citizen's window away."""
        if self._screen is not None:
            self._screen.hide()
            self._screen.deleteLater()
            self._screen = None

    def display_said(self, event: DisplayEvent) -> None:
        """Keep how the display stands."""
        match event:
            case DisplayBack():
                self._stands(DISPLAY, DeviceStatus())
            case DisplayLost():
                self._stands(DISPLAY, DeviceStatus(DeviceState.WARN, "display_lost"))
            case DisplayUnfit():
                self._stands(DISPLAY, UNFIT)

    def evaluator_said(self, event: EvaluatorEvent) -> None:
        """Take a grade, or keep how the keypad stands."""
        match event:
            case GradePressed(grade):
                self._give(grade, Way.KEYPAD)
            case EvaluatorLost():
                self._stands(EVALUATOR, DeviceStatus(DeviceState.WARN, "evaluator_lost"))
            case EvaluatorBack():
                self._stands(EVALUATOR, DeviceStatus())

    def _ask_or_end(self, state: CounterState, place: RatingPlace) -> None:
        rating = state.rating
        fresh = _due(state)
        if fresh is not None and (rating is None or rating.token != fresh.token):
            fresh = replace(fresh, until_ms=fresh.since_ms + place.ask_ms)
            self._presenter.update(rating=fresh)
        elif fresh is not None and fresh.stage is Stage.GIVEN and rating is not None and rating.stage is Stage.ASKING:
            self._presenter.update(rating=replace(rating, stage=Stage.GIVEN))
        elif rating is not None and rating.stage is Stage.ASKING and state.now_ms >= rating.until_ms:
            self._presenter.update(rating=replace(rating, stage=Stage.OVER))
        else:
            self._prompt(place, on=rating is not None and rating.stage is Stage.ASKING)

    def _prompt(self, place: RatingPlace, *, on: bool) -> None:
        if place.keypad is not None and on != self._prompted:
            self._prompted = on
            (place.keypad.ask if on else place.keypad.end)()

    def _give(self, grade: Grade, way: Way) -> None:
        """Take a grade while somebody is asked; a key that is pressed at any other time means nothing."""
        rating = self._presenter.state.rating
        if rating is None or rating.stage is not Stage.ASKING:
            log.info("rating.unasked")
            return
        self._told_ms = self._presenter.state.now_ms
        self._presenter.update(rating=replace(rating, stage=Stage.GIVEN))
        self._presenter.aside(partial(_record, token=rating.token, grade=grade, way=way), self._recorded)

    def _recorded(self, answer: object) -> None:
        rating = self._presenter.state.rating
        if isinstance(answer, NotDone) and rating is not None:
            self._presenter.update(rating=replace(rating, stage=Stage.OVER), message=answer.code)

    def _stands(self, key: str, status: DeviceStatus) -> None:
        self._presenter.update(devices={**self._presenter.state.devices, key: status})

    def _draw(self, state: CounterState, place: RatingPlace) -> None:
        """Show on the citizen's screen what holds; a screen that is not there is told, and used once it is."""
        if place.screen is None:
            return
        screens = QGuiApplication.screens()
        if len(screens) < place.screen:
            self.close()
            self._say_screen(DeviceStatus(DeviceState.WARN, "evaluator_no_screen"))
            return
        if self._screen is None:
            self._screen = EvaluatorWindow(screens[place.screen - 1])
            self._screen.graded.connect(partial(self._give, way=Way.SCREEN))
            self._presenter.destroyed.connect(self._screen.deleteLater)
            if (application := QGuiApplication.instance()) is not None:
                application.aboutToQuit.connect(self._screen.hide)
        if not self._screen.isVisible():
            self._screen.show_on_screen()
        self._say_screen(DeviceStatus())
        self._screen.show_view(_view(state, self._told_ms))

    def _say_screen(self, status: DeviceStatus) -> None:
        """A keypad speaks for itself; without one the device is the screen."""
        alone = self._place is not None and self._place.keypad is None
        if alone and self._presenter.state.devices.get(EVALUATOR) != status:
            self._stands(EVALUATOR, status)


def _due(state: CounterState) -> RatingAsk | None:
    """Return whom to ask now: the citizen who holds the paper of this visit."""
    visit, service = state.visit, state.rateable
    if visit is None or visit.state is not VisitState.ISSUED or service is None or not paper_given(state):
        return None
    stage = Stage.GIVEN if service.rated else Stage.ASKING
    return RatingAsk(visit.visit_id, service.token, state.now_ms, state.now_ms, stage)


def _view(state: CounterState, told_ms: int) -> EvaluatorView:
    rating = state.rating
    asking, left = Asking.NOBODY, 0
    if rating is not None and rating.stage is Stage.ASKING:
        asking, left = Asking.GRADE, max(0, rating.until_ms - state.now_ms)
    elif rating is not None and rating.stage is Stage.GIVEN and state.now_ms - told_ms < THANKS_MS:
        asking = Asking.THANKS
    whole = rating.until_ms - rating.since_ms if rating is not None else 0
    pausing = state.clerk is not None and state.pausing is not None
    theme = state.catalogue.windows[state.window].theme if state.catalogue else ""
    return EvaluatorView(asking, state.window, theme, left / whole if whole else 0.0, pausing=pausing)


def _record(parts: CounterParts, *, token: str, grade: Grade, way: Way) -> bool:
    given = give_rating(parts.store, parts.clerk, token=token, grade=grade, way=way)
    parts.wake_sync()
    return given

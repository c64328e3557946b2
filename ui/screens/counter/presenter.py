"""Owns what the window knows: runs the acts, reads the store, and turns what then holds into the view."""

import logging
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.domain.visit import Visit, VisitState
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefused
from ui.background import Background
from ui.screens.counter import (
    acts,
    block,
    dispatch,
    far_search,
    item_search,
    manager_notes,
    notices,
    originals,
    pause,
    scans,
    tones,
    transfer,
    wedge,
)
from ui.screens.counter.acts import Done, NotDone, attempt
from ui.screens.counter.bridge import Bridge
from ui.screens.counter.build import build
from ui.screens.counter.build.over import over
from ui.screens.counter.build.rehearsal import rehearsal
from ui.screens.counter.copies import Copies
from ui.screens.counter.facts import Facts
from ui.screens.counter.news import News
from ui.screens.counter.outside import Outside
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.preview import Preview
from ui.screens.counter.shift import Shift
from ui.screens.counter.state import CounterState, Entry, Ways
from ui.screens.counter.title import title
from ui.screens.counter.view import CounterWindow

log = logging.getLogger(__name__)

TICK_MS = 1000
LOOK_MS = 150
REHEARSE_MS = 400


class CounterPresenter(QObject):
    """The one owner of the window's state; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, window: CounterWindow, background: Background, bridge: Bridge, state: CounterState) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._parts: CounterParts | None = None
        self._state = state
        self._preview: Preview | None = None
        self._looking = self._look_again = False
        self.shift = Shift(self, background)
        self._news = News(self)
        self._outside = Outside(self, bridge)
        bridge.reader.connect(self._news.reader)
        bridge.reader.connect(partial(tones.of_card, self))
        bridge.scanner.connect(partial(scans.heard, self))
        bridge.wedge.connect(partial(wedge.listen, self, window))
        self._copies = Copies(self, window)
        bridge.camera.connect(self._copies.heard)
        bridge.printer.connect(self._news.printer)
        bridge.link.connect(self._news.link)
        bridge.broken.connect(self._news.broken)
        # News from the server come in bursts; one look at the store shows them all.
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self.look)
        bridge.changed.connect(self._look_soon.start)
        bridge.far_cases.connect(partial(far_search.take, self))
        window.intent.connect(self._on_intent)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._on_tick)
        self._show()

    @property
    def state(self) -> CounterState:
        """What is known now."""
        return self._state

    @property
    def parts(self) -> CounterParts | None:
        """What the window works with; None while nobody is signed in."""
        return self._parts

    def end(self, state: CounterState) -> None:
        """The clerk has left: nothing of their work stays."""
        self._parts = None
        self._news.forget_card()
        self._state = state
        self._show()

    def begin(self, parts: CounterParts, preview: Preview) -> None:
        """The store is open and the clerk is known; once the store is read, the window works."""
        self._parts = parts
        if self._preview is None:
            preview.drawn.connect(self._on_drawn)
        self._preview = preview
        preview.warm(parts)
        self._state = replace(self._state, ways=Ways(parts.other_printer, bool(parts.a4), "", parts.paper_mm))
        self._tick.start(TICK_MS)
        self.look()

    def focused_material(self) -> int | None:
        """Return the line of the checklist, from 0, that has the keyboard."""
        return self._window.focused_material()

    def update(self, **changes: object) -> None:
        """Change the state and draw it."""
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # names are checked by replace
        self._show()

    def look(self) -> None:
        """Read the store again; while one reading is under way, at most one more is kept for later."""
        if self._parts is None:
            return
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        self._background.run(partial(attempt, partial(acts.look, self._parts)), self._looked, self._not_looked)

    def change_card(self, change: Callable[[WorkCard], WorkCard]) -> None:
        """Make the next page from this one, keep it in the journal and draw it."""
        card, visit = self._state.card, self._state.visit
        if card is None or visit is None or visit.state is not VisitState.SERVING or self._state.issued is not None:
            return
        try:
            changed = change(card)
        except WorkRefused as refusal:
            self.update(message=refusal.reason.value)
            return
        self.update(card=changed, message="")
        self._keep(visit, changed)
        self._draw_paper()

    def _keep(self, visit: Visit, card: WorkCard) -> None:
        if self._parts is not None:
            keep = partial(acts.keep, self._parts, visit.visit_id, card)
            self._background.run(partial(attempt, keep), self._kept, self._beside)
            notices.greet(self, visit, card)

    def aside(self, work: Callable[[CounterParts], object], done: Callable[[object], None] = lambda _: None) -> None:
        """Do something off the GUI thread that no key waits for; ``done`` takes what it returned."""
        if self._parts is not None:
            self._background.run(partial(attempt, partial(work, self._parts)), done, self._beside)

    def act(self, work: Callable[[CounterParts], Done]) -> None:
        """Run an act; until it is answered every key that was pressed stays shut."""
        if self._parts is None or self._state.busy:
            return
        self.update(busy=True, message="")
        self._background.run(partial(attempt, partial(work, self._parts)), self._done, self._failed)

    def _on_intent(self, intent: object) -> None:
        dispatch.take(self, intent)

    def _done(self, answer: Done | NotDone) -> None:
        if isinstance(answer, NotDone):
            self._refused(answer.code)
            return
        said = {"message": answer.message, "place": answer.place}
        self._take(answer.facts, busy=False, entry=Entry.CLOSED, entry_error="", **said)

    def _refused(self, code: str) -> None:
        if code == acts.UNREACHABLE:
            self.update(busy=False, entry=Entry.OPEN, entry_error="")
            self.look()
        elif self._state.entry is Entry.OPEN or (self._state.offline and self._state.visit is None):
            self.update(busy=False, entry=Entry.OPEN, entry_error=code)
        else:
            self.update(busy=False, message=code)
            self.look()

    def _kept(self, answer: Done | NotDone | None) -> None:
        if isinstance(answer, NotDone):
            self.update(message=answer.code)

    def _failed(self, incident: str) -> None:
        self.update(busy=False, message="incident", incident=incident)

    def _beside(self, incident: str) -> None:
        """An error in work that no key waits for."""
        self.update(message="incident", incident=incident)

    def _not_looked(self, incident: str) -> None:
        self._looking = False
        self._beside(incident)

    def _looked(self, answer: Done | NotDone) -> None:
        self._looking = False
        parts = self._parts
        if isinstance(answer, Done) and parts is not None and not self._state.busy:
            opened = self._state.clerk is None
            now = parts.clock.now_ms()
            first = {"clerk": parts.clerk, "idle_since_ms": now, "now_ms": now, "message": ""} if opened else {}
            self._take(answer.facts, **first)
            if opened:
                QTimer.singleShot(0, self, partial(log.info, "counter.ready"))
                QTimer.singleShot(REHEARSE_MS, self, self._rehearse)
        elif isinstance(answer, NotDone):
            self.update(message=answer.code)
        if self._look_again:
            self._look_again = False
            self.look()

    def _rehearse(self) -> None:
        self._window.rehearse(rehearsal(self._state))
        item_search.warm(self)

    def _take(self, facts: Facts, **changes: object) -> None:
        """Let what the store says hold from now on."""
        before = self._state
        news = {each.name: getattr(facts, each.name) for each in fields(Facts)}
        same = _visit_id(before.visit) == _visit_id(facts.visit)
        if same and facts.issued is None and before.issued is None and _in_force(before.card, facts):
            news["card"] = before.card  # what is typed on the screen is newer than the journal
        if not same:
            changes = {**changes, "revealed": False, "paper": None, "person_entry": None}
        if facts.visit is None and before.visit is not None:
            changes = {**changes, "idle_since_ms": before.now_ms}
        seated = self._seated(facts.visit, news["card"])
        if seated is not None:
            news["card"] = seated
        self.update(**news, **changes)
        manager_notes.chime_if_new(before, self._state)
        if seated is not None and facts.visit is not None:
            self._keep(facts.visit, seated)
        if self._state.card != before.card or facts.job != before.job:
            self._draw_paper()
        transfer.look(self)
        originals.look(self)

    def _seated(self, visit: Visit | None, card: WorkCard | None) -> WorkCard | None:
        """Return the page with the person whose card lies there; None when that changes nothing."""
        if visit is None or visit.state is not VisitState.SERVING:
            if visit is not None and visit.state is VisitState.ISSUED:
                self._news.forget_card()
            return None
        person = self._news.take_card(visit)
        if person is None or card is None:
            return None
        try:
            return card.seat(person)
        except WorkRefused:
            return None  # another person's card: the clerk reads it again when it is wanted

    def _draw_paper(self) -> None:
        if self._preview is not None and self._parts is not None:
            self._preview.draw(self._parts, self._state)

    def _on_drawn(self, paper: object) -> None:
        self.update(paper=paper)

    def _on_tick(self) -> None:
        known = self._parts or self.shift.gate
        if known is not None:
            self.update(now_ms=known.clock.now_ms())
            pause.watch(self)
            block.watch(self)

    def _show(self) -> None:
        view = over(self._state, build(self._state))
        self._window.show_view(view)
        if not self._state.busy:
            # Whoever waits for the title may press the next key: while an act is under way keys are shut.
            self._window.setWindowTitle(title(self._state, view))
        self._outside.look()


def _in_force(card: WorkCard | None, facts: Facts) -> bool:
    """Say whether a page was made under the catalogue that is now published; an older one is read anew."""
    return card is not None and facts.catalogue is not None and card.catalogue_version == facts.catalogue.version


def _visit_id(visit: Visit | None) -> str:
    return visit.visit_id if visit else ""

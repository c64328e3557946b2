"""Turns the reviewer's keys into acts, and what store and server say into the view."""

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QImage
from typing_extensions import override

from app.domain.case import CaseState
from app.domain.link import LinkStatus
from app.ports.clock import Clock
from ui.background import Background
from ui.screens.counter.bridge import Bridge
from ui.screens.presenter import ScreenPresenter
from ui.screens.review import acts
from ui.screens.review.acts import Act, Done
from ui.screens.review.answers import PREVIEWED
from ui.screens.review.asking import entered, erased, open_question, typed
from ui.screens.review.build.paper import HAND_OVER, PRINT, SEAL, document_of
from ui.screens.review.build.view import build
from ui.screens.review.facts import Facts
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import ReviewState, Sheet
from ui.screens.review.title import title
from ui.screens.review.view import ReviewWindow


class ReviewPresenter(ScreenPresenter[ReviewState]):
    """The one owner of the window's state; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, window: ReviewWindow, bridge: Bridge, clock: Clock) -> None:
        super().__init__(window, bridge.broken, ReviewState(clock.now_ms(), message="review_opening"))
        self._window = window
        self._parts: ReviewParts | None = None
        self._wanted = ""
        self._engine, self._drawing = Background(clock), Background(clock)
        window.moved.connect(self._move)
        window.turned.connect(lambda on: self.update(turned=on, helping=False))
        window.case_pressed.connect(self._choose)
        window.option_pressed.connect(self._option)
        window.written.connect(self._write)
        bridge.link.connect(self._linked)
        bridge.changed.connect(self._changed)

    def begin(self, parts: ReviewParts) -> None:
        """Go live: the store is open and somebody is signed in."""
        self._parts = parts
        named = {"clerk": parts.clerk.name, "window": parts.window, "department": parts.clerk.department}
        self.update(message="", printer=parts.a4, number=parts.clerk.number, **named)
        self._tick.start()
        parts.wake_records()
        self._do(acts.look)

    def close(self) -> None:
        """End the threads; what comes home afterwards finds nobody."""
        self._parts = None
        self._tick.stop()
        self._engine.close()
        self._drawing.close()

    def _do(self, act: Act, *, quiet: bool = False) -> None:
        parts = self._parts
        if parts is None:
            return
        if not quiet:
            self.update(busy=True, ask=None, message="", said="")
        home = self._came_quietly if quiet else self._came
        self._engine.run(partial(acts.attempt, parts, act), home, self._failed)

    def _came(self, done: Done) -> None:
        if self._parts is not None:
            self._take(done.facts)
            self.update(busy=False, message=done.code, said=done.said)

    def _came_quietly(self, done: Done) -> None:
        if self._parts is not None:
            self._take(done.facts)
            self._show()

    def _failed(self, incident: str) -> None:
        if self._parts is not None:
            self.update(busy=False, message="incident", place=incident)

    def _take(self, facts: Facts | None) -> None:
        """Take what the store says; the chosen case stays, else the first is."""
        state = self._state
        kept = facts.case(state.chosen) if facts is not None else None
        first = facts.cases[0].case_id if facts is not None and facts.cases else ""
        chosen = kept.case_id if kept is not None else first
        ask = state.ask if state.ask is not None and state.ask.case_id == chosen else None
        self._state = replace(state, facts=facts, chosen=chosen, ask=ask)
        self._draw()

    def _draw(self) -> None:
        """Draw the document of the chosen case, unless it is drawn or there is none."""
        state, parts = self._state, self._parts
        case, original = state.case, document_of(state)
        denial = state.ask.denial if state.ask is not None else None
        asked = state.ask if state.ask is not None and state.ask.question in PREVIEWED else None
        drawn = original is not None or asked is not None
        if case is None or parts is None or not (drawn or case.state is CaseState.REVIEWING):
            self._wanted = ""
            self._state = replace(state, sheet=None)
            return
        frozen = f"{original.original_id}/{original.shown_reprint}" if original is not None else ""
        key = frozen or f"{case.case_id}/{case.rev}/{denial}/{asked and (asked.question, asked.card)}"
        if key == self._wanted:
            return
        self._wanted = key
        work = partial(acts.pictured, parts, case.case_id, asked or denial, original)
        self._drawing.run(work, partial(self._drawn, key), self._failed)

    def _drawn(self, key: str, page: QImage | str) -> None:
        if key == self._wanted and self._parts is not None:
            sheet = Sheet(key, code=page) if isinstance(page, str) else Sheet(key, page)
            self.update(sheet=sheet)

    def _linked(self, link: LinkStatus) -> None:
        self.update(link=link)

    def _changed(self) -> None:
        if self._parts is not None:
            self._parts.wake_records()
            self._do(acts.look, quiet=True)

    def _move(self, by: int) -> None:
        facts = self._state.facts
        if facts is None or not facts.cases or self._state.ask is not None:
            return
        ids = [each.case_id for each in facts.cases]
        at = ids.index(self._state.chosen) if self._state.chosen in ids else 0
        self._choose(ids[max(0, min(len(ids) - 1, at + by))])

    def _choose(self, case_id: str) -> None:
        self._state = replace(self._state, chosen=case_id, ask=None, message="", said="", helping=False)
        self._draw()
        self._show()

    @override
    def _command(self, name: str) -> None:
        if self._state.busy:
            self._show()
        elif name == "act_help":
            self.update(helping=not self._state.helping)
        elif name == "act_accept" and self._state.case is not None:
            self._do(partial(acts.accept, case_id=self._state.chosen))
        elif name == "act_complete" and self._state.case is not None:
            self._do(partial(acts.complete, case_id=self._state.chosen))
        elif name == "act_takeUp" and self._state.case is not None:
            self._do(partial(acts.review, case_id=self._state.chosen))
        elif name in {"act_grant", "act_deny"} and self._state.ask is not None and self._state.ask.denial:
            self._enter()
        else:
            self.update(ask=open_question(self._state, name), message="", said="")

    @override
    def _type(self, sign: str) -> None:
        ask = self._state.ask
        if ask is not None:
            self._asked(*typed(self._state, ask, sign))
        elif sign.isdecimal():
            self._option(int(sign))

    @override
    def _erase(self) -> None:
        if self._state.ask is not None:
            self.update(ask=erased(self._state.ask))

    @override
    def _enter(self) -> None:
        ask = self._state.ask
        if ask is not None and not self._state.busy:
            self._asked(*entered(self._state, ask))

    @override
    def _escape(self) -> None:
        if self._state.ask is not None or self._state.message:
            self._state = replace(self._state, ask=None, message="", said="")
            self._draw()
            self._show()
        else:
            self.update(helping=False, said="")

    def _asked(self, state: ReviewState, act: Act | None) -> None:
        """Go on with what an answer led to: another question, or an act."""
        if act is not None:
            self._do(act)
            return
        self._state = state
        self._draw()
        self._show()

    def _write(self, words: str) -> None:
        if self._state.ask is not None:
            # The line holds the words itself; drawing them again would move its cursor.
            self._state = replace(self._state, ask=replace(self._state.ask, words=words))

    def _option(self, number: int) -> None:
        original = document_of(self._state)
        if original is None or self._state.busy:
            return
        match number:
            case _ if number == PRINT:
                self._do(partial(acts.print_it, original=original))
            case _ if number == SEAL:
                self._do(partial(acts.seal, original=original))
            case _ if number == HAND_OVER:
                self._do(partial(acts.hand_over, case_id=self._state.chosen))

    @override
    def _on_tick(self) -> None:
        if self._parts is not None:
            self.update(now_ms=self._parts.clock.now_ms())

    @override
    def _show(self) -> None:
        self._window.show_view(build(self._state))
        self._window.setWindowTitle(title(self._state))

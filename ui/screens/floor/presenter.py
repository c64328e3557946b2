"""Turns the manager's keys into acts, and what the server says into the view."""

import logging
from dataclasses import replace

from typing_extensions import override

from sync.client.floor import FloorNews
from sync.client.ledgers import LedgerQuestion
from sync.protocol.floor_messages import FloorState
from ui.screens.floor.acts import Wish, alarm_wishes, closing_wishes, first_wish, notice_wish, wish_of
from ui.screens.floor.blocks import block_wish, fence_asked, fence_wish
from ui.screens.floor.bridge import FloorBridge
from ui.screens.floor.build import LATER, build
from ui.screens.floor.build.strip import will_be_open
from ui.screens.floor.card_answers import card_answered, card_asked, card_written
from ui.screens.floor.ledger_desk import LedgerDesk
from ui.screens.floor.parts import FloorParts
from ui.screens.floor.state import Ask, FloorViewState, Question, Sheet
from ui.screens.floor.title import title
from ui.screens.floor.typed import ticket_typed, window_of
from ui.screens.floor.view import FloorWindow
from ui.screens.presenter import ScreenPresenter

log = logging.getLogger(__name__)

MOST_TYPED = 8
_QUESTIONS = {
    "act_openWindow": Question.OPEN,
    "act_assignWindow": Question.ASSIGN,
    "act_putFirst": Question.FIRST,
    "act_tellWindow": Question.TELL,
    "act_hallNotice": Question.NOTICE,
    "act_search": Question.FIND,
    "act_prepareBlock": Question.BLOCK,
}
_TYPED = frozenset(
    {Question.OPEN, Question.ASSIGN, Question.FIRST, Question.TELL, Question.FIND, Question.BLOCK, Question.FENCE}
)
_BLOCKS = frozenset({Question.BLOCK, Question.FENCE})
_BY_DIGIT = frozenset({Question.REHOME, Question.REASON, Question.CARD})
_FORMS = {"act_export": "xlsx", "act_exportCsv": "csv"}
_SHEETS = {"act_help": Sheet.HELP, "act_cards": Sheet.CARDS, "act_report": Sheet.REPORT}


class FloorPresenter(ScreenPresenter[FloorViewState]):
    """The one owner of the window's state; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, window: FloorWindow, bridge: FloorBridge, now_ms: int) -> None:
        super().__init__(window, bridge.broken, FloorViewState(now_ms, message="floor_opening"))
        self._window = window
        self._parts: FloorParts | None = None
        self._ledgers = LedgerDesk(self, self._ask_ledgers)
        bridge.news.connect(self._heard)
        bridge.ledgers.connect(self._ledgers.heard)
        window.moved.connect(self._move)
        window.alarm_pressed.connect(self._see_to)
        window.window_pressed.connect(lambda name: self._ask(Ask(Question.OPEN, name.lower())))
        window.business_pressed.connect(lambda code: self._ask(Ask(Question.ASSIGN, code.lower())))
        self._show()

    def begin(self, parts: FloorParts) -> None:
        """The manager is signed in: from now on the hall is live."""
        self._parts = parts
        self._tick.start()
        only = parts.only_ledgers
        self.update(manager=parts.manager, message="", now_ms=parts.clock.now_ms(), only_ledgers=only)
        parts.listen()
        if only:
            self._command("act_report")

    def _heard(self, news: FloorNews) -> None:
        now_ms = self._parts.clock.now_ms() if self._parts else self._state.now_ms
        if self._state.news.state is None and news.state is not None:
            log.info("floor.live")
        heard = {} if news.offline else {"heard_ms": now_ms}
        said = {"said": "", "message": news.refused} if news.refused else {}
        self.update(news=news, now_ms=now_ms, **heard, **said)

    @override
    def _command(self, name: str) -> None:
        question, asked = _QUESTIONS.get(name), self._state.ask
        if name == "act_send":
            if asked is not None and asked.question is Question.NOTICE:
                self._wish(notice_wish(self._window.notice()))
            elif asked is not None and asked.card:
                written = card_written(asked, self._window.notice())
                if written is None:
                    self.update(message="card_words_needed", said="")
                self._wish(written)
            else:
                self.update(message=LATER[name], said="")
        elif name in LATER:
            self.update(message=LATER[name], said="")
        elif name in _SHEETS and (self._state.news.state is not None or self._state.only_ledgers):
            self._lay(_SHEETS[name])
        elif name in _FORMS:
            self._ledgers.export(_FORMS[name])
        elif question is not None:
            self._ask(Ask(question))
        else:
            self._show()

    def _lay(self, sheet: Sheet) -> None:
        """Lay a sheet over the hall, or put it away; where there is no hall behind it, it stays."""
        away = self._state.sheet is sheet and not self._state.only_ledgers
        self.update(sheet=None if away else sheet, ask=None, message="", said="")
        if sheet is Sheet.REPORT and not away:
            self._ledgers.open()

    @override
    def _escape(self) -> None:
        """One level back: the question, else the page or the sheet; what was told is acknowledged."""
        if self._ledgers.lies_open and self._ledgers.back():
            return
        left = self._state.sheet if self._state.only_ledgers else None
        gone = {"ask": None} if self._state.ask is not None else {"sheet": left}
        self.update(message="", said="", expired_seen=self._state.news.expired, **gone)

    def _ask(self, ask: Ask | None) -> None:
        if self._state.news.state is not None:
            self.update(ask=ask, message="", said="")

    @override
    def _type(self, sign: str) -> None:
        ask, floor = self._state.ask, self._state.news.state
        if floor is None:
            return
        if ask is None:
            if sign.isdecimal():
                self._see_to(int(sign))
        elif ask.question in _BY_DIGIT:
            self._answer(floor, ask, sign)
        elif ask.question in _TYPED and len(ask.typed) < MOST_TYPED:
            self.update(ask=replace(ask, typed=ask.typed + sign))

    def _answer(self, floor: FloorState, ask: Ask, sign: str) -> None:
        if ask.question is Question.CARD:
            answer = card_answered(ask, sign)
            if isinstance(answer, Ask):
                self._ask(answer)
            else:
                self._wish(answer)
        elif ask.question is Question.REHOME:
            if sign in ("1", "2"):
                self._close(floor, ask.window, rehome=sign == "1")
        elif sign.isdecimal():
            self._wish(first_wish(floor, ask.ticket, int(sign)))

    @override
    def _erase(self) -> None:
        if self._state.ask is not None:
            self.update(ask=replace(self._state.ask, typed=self._state.ask.typed[:-1]))

    @override
    def _enter(self) -> None:
        ask, floor = self._state.ask, self._state.news.state
        if self._ledgers.lies_open:
            self._ledgers.enter()
        if ask is None or floor is None:
            return
        if ask.question is Question.FIRST:
            if len(ask.typed) > 1:
                self.update(ask=Ask(Question.REASON, ticket=ask.typed.upper()))
            return
        window = window_of(floor, ask.typed) if ask.question is Question.OPEN else None
        if ask.question is Question.FIND:
            self._find(ask)
        elif ask.question is Question.REHOME:
            self._close(floor, ask.window, rehome=True)
        elif ask.question in _BLOCKS:
            self._reserve(floor, ask)
        elif window is not None and window.held and not will_be_open(window):
            self.update(ask=Ask(Question.REHOME, window=window.window))
        else:
            self._wish(wish_of(floor, ask))

    def _move(self, across: int, down: int) -> None:
        if self._ledgers.lies_open:
            self._ledgers.move(across, down)

    def _ask_ledgers(self, question: LedgerQuestion) -> None:
        if self._parts is not None:
            self._parts.ledgers(question)

    def _reserve(self, floor: FloorState, ask: Ask) -> None:
        """Reserve, or fence: both hold for this moment, so they do not wait until there is a network again."""
        wish = fence_wish(floor, ask) if ask.question is Question.FENCE else block_wish(floor, ask.typed)
        if wish is not None and self._state.news.offline:
            self.update(message="block_needs_server", said="")
        else:
            self._wish(wish)

    def _find(self, ask: Ask) -> None:
        number = ticket_typed(ask.typed)
        if self._parts is not None and len(ask.typed) > 1:
            self._parts.find(number)
            self.update(ask=replace(ask, ticket=number))

    def _close(self, floor: FloorState, window: str, *, rehome: bool) -> None:
        for wish in closing_wishes(floor, window, rehome=rehome):
            self._wish(wish)
        self.update(ask=None)

    def _see_to(self, number: int) -> None:
        floor = self._state.news.state
        if floor is not None and self._state.ask is None:
            asked = card_asked(floor, number) or fence_asked(floor, number)
            if asked is not None:
                self._ask(asked)
                return
            for wish in alarm_wishes(floor, number):
                self._wish(wish)

    def _wish(self, wish: Wish | None) -> None:
        if wish is None or self._parts is None:
            return
        self._parts.submit(wish.path, wish.body)
        self.update(ask=None, message="", said=wish.said)

    @override
    def _on_tick(self) -> None:
        if self._parts is not None:
            self.update(now_ms=self._parts.clock.now_ms())

    @override
    def _show(self) -> None:
        self._window.show_view(build(self._state))
        self._window.setWindowTitle(title(self._state))

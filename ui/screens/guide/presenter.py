"""Turns the guide's keys into acts, and what server and printer say into the view."""

import logging
from dataclasses import replace
from functools import partial

from typing_extensions import override

from app.domain.paper.errors import PaperError
from app.ports.clock import Clock
from printing.delivery import JobPrinted, JobUnknown, PrinterFault, PrintEvent
from sync.client.guide import GuideDone, GuideNews, GuideWish, Verb
from sync.protocol.guide_messages import GuideState
from sync.protocol.messages import NumberSlip
from ui.background import Background
from ui.pictures import image_of
from ui.screens.floor.typed import ticket_typed
from ui.screens.guide.bridge import GuideBridge
from ui.screens.guide.build import build
from ui.screens.guide.parts import GuideParts
from ui.screens.guide.state import Ask, GuideViewState, NumberShown, Print, Question
from ui.screens.guide.title import title
from ui.screens.guide.typed import business_of, reason_of, wish_of
from ui.screens.guide.view import GuideWindow
from ui.screens.presenter import ScreenPresenter

log = logging.getLogger(__name__)

MOST_TYPED = 8
_QUESTIONS = {"act_revive": Question.REVIVE, "act_putFirst": Question.FIRST, "act_search": Question.FIND}


class GuidePresenter(ScreenPresenter[GuideViewState]):
    """The one owner of the window's state; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, window: GuideWindow, bridge: GuideBridge, clock: Clock) -> None:
        super().__init__(window, bridge.broken, GuideViewState(clock.now_ms(), message="guide_opening"))
        self._window = window
        self._parts: GuideParts | None = None
        self._answered = 0
        self._sent: dict[str, NumberShown] = {}
        self._printed: dict[str, int] = {}
        self._drawing = Background(clock)
        bridge.news.connect(self._heard)
        bridge.printer.connect(self._printer)
        window.letter_pressed.connect(self._type)
        window.fault_pressed.connect(lambda number: self._escape() if number == 1 else self._again())
        self._show()

    def begin(self, parts: GuideParts) -> None:
        """The guide is signed in: from now on the hall is live."""
        self._parts = parts
        self._tick.start()
        self.update(guide=parts.guide, message="", now_ms=parts.clock.now_ms())
        parts.listen()

    def close(self) -> None:
        """End the thread that draws papers."""
        self._drawing.close()

    def _heard(self, news: GuideNews) -> None:
        now_ms = self._parts.clock.now_ms() if self._parts else self._state.now_ms
        if self._state.news.state is None and news.state is not None:
            log.info("guide.live")
        heard = {} if news.offline else {"heard_ms": now_ms}
        self.update(news=news, now_ms=now_ms, **heard)
        if not self._state.live and self._state.ask is not None:
            self.update(ask=None)
        if news.done is not None and news.done.nth > self._answered:
            self._answered = news.done.nth
            self._done(news.done)

    def _done(self, done: GuideDone) -> None:
        given = done.wish.verb is Verb.ISSUE and done.number
        if done.refused:
            # A number that was given out stays, whatever became of its paper.
            self.update(message="guide_unprinted" if given else done.refused, place=done.number, said="")
        elif done.paper is not None and self._parts is not None:
            self.update(message="", said=_said(done, done.paper))
            self._lay_out(done.number, done.paper, to_print=bool(given))

    def _lay_out(self, number: str, paper: NumberSlip, *, to_print: bool) -> None:
        assert self._parts is not None
        try:
            document = self._parts.fill(paper)
        except PaperError as error:
            log.warning("guide.paper_unreadable code=%s", error.code)
            self.update(message="guide_paper_unreadable", place=number)
            return
        shown = NumberShown(number, document, reprint=self._printed.get(number, 0))
        if to_print:
            self._print(shown)
        else:
            self._draw(shown)

    def _print(self, shown: NumberShown) -> None:
        """Hand the paper to the printer; a second one of the same number says that it is."""
        assert self._parts is not None
        job = self._parts.print_paper(shown.document, shown.reprint)
        sent = self._sent[job] = replace(shown, print=Print.PRINTING, job=job)
        self._printed[shown.number] = shown.reprint
        self._draw(sent)

    def _draw(self, shown: NumberShown) -> None:
        assert self._parts is not None
        self.update(shown=shown)
        key = f"{hash(shown.document)}/{shown.reprint}"
        work = partial(self._parts.render, shown.document, shown.reprint)

        def came(bitmap: object) -> None:
            now = self._state.shown
            if now is not None and now.number == shown.number:
                self.update(shown=replace(now, picture=image_of(bitmap), picture_key=key))  # type: ignore[arg-type]

        self._drawing.run(work, came, lambda _incident: None)

    def _printer(self, event: PrintEvent) -> None:
        match event:
            case JobPrinted(job):
                self._settled(job, Print.PRINTED)
            case JobUnknown(job):
                self._settled(job, Print.UNKNOWN)
            case PrinterFault(reason):
                self.update(printer=reason, printer_known=True)
            case _:
                self.update(printer=None, printer_known=True, near_end=event.near_end)

    def _settled(self, job: str, end: Print) -> None:
        sent, shown = self._sent.pop(job, None), self._state.shown
        if sent is None:
            return
        if shown is not None and shown.job == job:
            self.update(shown=replace(shown, print=end))
        elif end is Print.UNKNOWN:
            self._draw(replace(sent, print=end))

    @override
    def _command(self, name: str) -> None:
        question = _QUESTIONS.get(name)
        if name == "act_help":
            self.update(helping=not self._state.helping, ask=None)
        elif name == "act_reprint":
            self._again()
        elif question is not None and self._state.live:
            self.update(ask=Ask(question), helping=False, message="", said="")
        else:
            self._show()

    def _again(self) -> None:
        shown = self._state.shown
        if shown is None or shown.print is Print.PRINTING:
            self._show()  # what waits for the printer comes by itself: a second one would be one too many
        else:
            self.update(ask=None, message="", said=f"{shown.number} 补打")
            self._print(replace(shown, reprint=self._printed.get(shown.number, 0) + 1))

    @override
    def _escape(self) -> None:
        """One level back; a paper in doubt that came out is settled."""
        shown = self._state.shown
        if self._state.ask is not None or self._state.helping or self._state.message:
            self.update(ask=None, helping=False, message="")
        elif shown is not None and shown.print is Print.UNKNOWN and self._parts is not None:
            self._parts.settle()
            self.update(shown=replace(shown, print=Print.PRINTED), said=f"{shown.number} 已出票")
        else:
            self.update(said="")

    @override
    def _type(self, sign: str) -> None:
        ask, seen = self._state.ask, self._state.news.state
        if not self._state.live or seen is None or self._state.helping:
            return
        sign = sign.lower()
        if ask is None or (ask.question is Question.ISSUE and sign.isalpha()):
            self._begin(seen, sign)
        elif ask.question is Question.REASON:
            self._give_reason(seen, ask, sign)
        elif ask.question is Question.ISSUE:
            if reason_of(seen, sign) is not None:
                self.update(ask=replace(ask, typed=ask.typed[:1] + sign))
        elif len(ask.typed) < MOST_TYPED:
            self.update(ask=replace(ask, typed=ask.typed + sign))

    def _begin(self, seen: GuideState, sign: str) -> None:
        """A letter takes a number of its business, a digit picks one that was called in vain."""
        if sign.isdecimal():
            if 0 < int(sign) <= len(seen.missed):
                self.update(ask=Ask(Question.REVIVE, sign), message="", said="")
        elif business_of(seen, sign) is not None:
            self.update(ask=Ask(Question.ISSUE, sign), message="", said="")
        else:
            self.update(message="guide_no_business", place=sign.upper())

    def _give_reason(self, seen: GuideState, ask: Ask, sign: str) -> None:
        reason = reason_of(seen, sign)
        if reason is not None:
            self._submit(GuideWish(Verb.FIRST, number=ask.number, priority=reason.code))

    @override
    def _erase(self) -> None:
        ask = self._state.ask
        if ask is None:
            return
        shorter = replace(ask, typed=ask.typed[:-1])
        self.update(ask=None if ask.question is Question.ISSUE and not shorter.typed else shorter)

    @override
    def _enter(self) -> None:
        ask, seen = self._state.ask, self._state.news.state
        if ask is None or seen is None or not self._state.live:
            return
        if ask.question is Question.FIRST:
            shown = build(self._state).strip
            if shown is not None and shown.ready:
                self.update(ask=Ask(Question.REASON, number=ticket_typed(ask.typed)))
            return
        wish = wish_of(seen, ask)
        if wish is not None:
            self._submit(wish)

    def _submit(self, wish: GuideWish) -> None:
        if self._parts is not None:
            self._parts.submit(wish)
            self.update(ask=None, message="", said="")

    @override
    def _on_tick(self) -> None:
        if self._parts is not None:
            self.update(now_ms=self._parts.clock.now_ms())

    @override
    def _show(self) -> None:
        self._window.show_view(build(self._state))
        self._window.setWindowTitle(title(self._state))


def _said(done: GuideDone, paper: NumberSlip) -> str:
    """Return what was done, in one sentence."""
    ahead = f"前面 {paper.ahead} 人"
    match done.wish.verb:
        case Verb.ISSUE:
            reason = f"，{paper.priority}优先" if paper.priority else ""
            return f"{done.number} 已取号：{paper.biz}{reason}，{ahead}"
        case Verb.REVIVE:
            return f"{done.number} 已恢复，{ahead}；原来的号票照用"
        case Verb.FIRST:
            return f"{done.number} 已优先：{paper.priority or ''}，{ahead}；要新号票按 F9"
        case _:
            return f"{done.number} {paper.biz}，{ahead}；要号票按 F9"

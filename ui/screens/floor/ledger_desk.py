"""The keys of the page: arrows choose, Enter leads on, Esc back, Ctrl+S takes away; answers come when they come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from app.domain.business_day import business_date
from sync.client.ledgers import LedgerAnswer, LedgerQuestion, What
from ui.screens.floor.build.ledger_lines import drills
from ui.screens.floor.build.ledger_pages import PAGE, chosen_row, own_rows
from ui.screens.floor.ledger_state import Drill, LedgerState, Span, days_of
from ui.screens.floor.state import FloorViewState, Sheet
from ui.texts import text

_SPANS = tuple(Span)


class Host(Protocol):
    """The presenter whose page this is."""

    @property
    def state(self) -> FloorViewState:
        """What is known now."""
        ...

    def update(self, **changes: object) -> None:
        """Change the state and draw it."""
        ...


class LedgerDesk:
    """Rules the page while it lies over the hall; ``ask`` sends a question on its way, and never waits."""

    def __init__(self, host: Host, ask: Callable[[LedgerQuestion], None]) -> None:
        self._host = host
        self._ask = ask

    @property
    def lies_open(self) -> bool:
        """Whether the page is what the keys mean."""
        return self._host.state.sheet is Sheet.REPORT and self._host.state.ask is None

    def open(self) -> None:
        """Begin with today's figures, asked for anew."""
        self._set(LedgerState(), self._question(What.FIGURES, Span.TODAY))

    def heard(self, answer: LedgerAnswer) -> None:
        """Take an answer; one to a question that was given up since changes nothing."""
        ledgers, asked = self._host.state.ledgers, answer.question
        if asked.what is What.EXPORT:
            self._exported(answer)
            return
        if asked != ledgers.asked:
            return
        known = replace(ledgers, asked=None, trouble=answer.trouble)
        if answer.figures is not None:
            known = replace(known, figures=answer.figures)
        elif answer.page is not None:
            before = ledgers.rows if asked.after else ()
            known = replace(known, page=answer.page, rows=(*before, *answer.page.rows))
        elif answer.case is not None:
            known = replace(known, case=answer.case)
        self._host.update(ledgers=known, **({"message": answer.trouble} if answer.trouble else {}))

    def move(self, across: int, down: int) -> None:
        """Choose another figure or row; on the figures, left and right are other days."""
        ledgers = self._host.state.ledgers
        if ledgers.opened:
            return
        if ledgers.drill is None:
            self._move_figure(ledgers, across, down)
        elif down:
            count = self._count(ledgers, ledgers.drill)
            row = max(0, min(count - 1, ledgers.row + down))
            self._set(replace(ledgers, row=row))
            self._read_on(row)

    def enter(self) -> None:
        """Lead on: from a figure to its rows, from a row to it alone with its case."""
        ledgers = self._host.state.ledgers
        if ledgers.drill is None:
            self._drill(ledgers)
        elif not ledgers.opened and (row := chosen_row(ledgers)) is not None:
            question = LedgerQuestion(What.CASE, subject=row.case_id) if row.case_id else None
            self._set(replace(ledgers, opened=True, case=None, trouble=""), question)

    def back(self) -> bool:
        """Go one level back; False where the figures were the last."""
        ledgers = self._host.state.ledgers
        if ledgers.opened:
            self._set(replace(ledgers, opened=False, case=None, asked=None, trouble=""))
        elif ledgers.drill is not None:
            self._set(replace(ledgers, drill=None, page=None, rows=(), row=0, asked=None, trouble=""))
        else:
            return False
        return True

    def export(self, form: str) -> None:
        """Have the ledger that is chosen written to a file: all its rows under the present days and filter."""
        ledgers = self._host.state.ledgers
        found = drills(self._host.state)
        drill = ledgers.drill or (found[ledgers.at] if ledgers.at < len(found) else None)
        if drill is None or not drill.ledger:
            self._host.update(message="ledger_nothing_to_export", said="")
            return
        self._host.update(message="ledger_asking", said="")
        self._ask(self._of(What.EXPORT, drill, form=form))

    def _exported(self, answer: LedgerAnswer) -> None:
        if answer.trouble:
            self._host.update(message=answer.trouble, place=answer.place, said="")
        else:
            self._host.update(message="", said=text("ledger_exported", place=answer.place))

    def _move_figure(self, ledgers: LedgerState, across: int, down: int) -> None:
        if across:
            at = max(0, min(len(_SPANS) - 1, _SPANS.index(ledgers.span) + across))
            if _SPANS[at] is not ledgers.span:
                self._set(LedgerState(_SPANS[at]), self._question(What.FIGURES, _SPANS[at]))
            return
        most = len(drills(self._host.state)) - 1
        self._set(replace(ledgers, at=max(0, min(most, ledgers.at + down))))

    def _drill(self, ledgers: LedgerState) -> None:
        found = drills(self._host.state)
        if ledgers.at >= len(found):
            return
        drill = found[ledgers.at]
        question = self._of(What.ROWS, drill) if drill.ledger else None
        self._set(replace(ledgers, drill=drill, page=None, rows=(), row=0, trouble=""), question)

    def _read_on(self, row: int) -> None:
        """Ask for the next rows as the end of what is known comes near."""
        ledgers = self._host.state.ledgers
        if ledgers.drill is None or ledgers.page is None or ledgers.asked is not None:
            return
        if ledgers.page.after and row + PAGE >= len(ledgers.rows):
            question = replace(self._of(What.ROWS, ledgers.drill), after=ledgers.page.after)
            self._set(ledgers, question)

    def _count(self, ledgers: LedgerState, drill: Drill) -> int:
        floor = self._host.state.news.state
        if drill.ledger or floor is None:
            return max(1, len(ledgers.rows))
        return max(1, len(own_rows(floor, drill.kind)))

    def _question(self, what: What, span: Span) -> LedgerQuestion:
        first, last = days_of(span, self._today())
        return LedgerQuestion(what, first.isoformat(), last.isoformat())

    def _of(self, what: What, drill: Drill, form: str = "") -> LedgerQuestion:
        asked = self._question(what, self._host.state.ledgers.span)
        return replace(asked, subject=drill.ledger, kind=drill.kind, item=drill.item, form=form, title=drill.title)

    def _today(self) -> date:
        return business_date(self._host.state.now_ms)

    def _set(self, ledgers: LedgerState, question: LedgerQuestion | None = None) -> None:
        self._host.update(
            ledgers=ledgers if question is None else replace(ledgers, asked=question), message="", said=""
        )
        if question is not None:
            self._ask(question)

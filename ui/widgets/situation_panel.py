"""Section 2 open: the numbered questions that decide the list of materials."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.intents import AcceptDefaults, AnswerSituation, ChooseEnding
from ui.theme import Theme
from ui.widgets.keys import ENTER, digit, is_plain
from ui.widgets.option_grid import OptionGrid
from ui.widgets.panel import Panel
from ui.widgets.parts import Text
from ui.widgets.work_views import EndingView, OptionView, QuestionView, SituationsView


def _stack(panel: QWidget, theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 10, 0, 0)
    column.setSpacing(theme.metrics["gap"])
    return column


class EndingPanel(Panel):
    """How a visit ends without a case."""

    def __init__(self, theme: Theme, view: EndingView) -> None:
        super().__init__()
        self.setObjectName("work_ending_list")
        self._options = view.options
        column = _stack(self, theme)
        question = Text(theme, "body", "ink", bold=True)
        question.show_text(view.question)
        column.addWidget(question)
        grid = OptionGrid(theme, view.options, answer=None, live=True)
        grid.chosen.connect(lambda index: self.intent.emit(ChooseEnding(index)))
        column.addWidget(grid)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        number = digit(event)
        if number is None or not _can_take(self._options, number):
            return False
        self.intent.emit(ChooseEnding(number - 1))
        return True


class QuestionBlock(QWidget):
    """A question over its answers; ``chosen(question, option)``, both from 0."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, index: int, question: QuestionView, *, live: bool) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(f"work_sit_q__{index + 1}")
        self.setAccessibleName(question.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._text = Text(theme, "body", wrap=True)
        self._text.setObjectName(f"work_sit_text__{index + 1}")
        self._text.show_text(f"{index + 1}  {question.text}")
        column.addWidget(self._text)
        self._grid = OptionGrid(theme, question.options, answer=question.answer, live=live)
        self._grid.chosen.connect(lambda option: self.chosen.emit(index, option))
        column.addWidget(self._grid)
        self.show_answer(question.answer, live=live)

    def show_answer(self, answer: int | None, *, live: bool) -> None:
        """Show the answer; a ``live`` question is the one that digits answer."""
        self._text.set_font(self._theme.font("body", bold=live))
        self._text.set_tone("ink" if live else "ink2")
        self._grid.show_answer(answer, live=live)


class SituationPanel(Panel):
    """All questions, the current one with live digits; answered ones keep their answer in view."""

    def __init__(self, theme: Theme, view: SituationsView) -> None:
        super().__init__()
        self.setObjectName("work_sit_list")
        self._view, self._theme = view, theme
        self._column = _stack(self, theme)
        self._blocks: list[QuestionBlock] = []
        for index, question in enumerate(view.questions):
            block = QuestionBlock(theme, index, question, live=index == view.current)
            block.chosen.connect(lambda at, option: self.intent.emit(AnswerSituation(at, option)))
            self._column.addWidget(block)
            self._blocks.append(block)

    @override
    def can_show(self, body: object) -> bool:
        """Whether the questions are the same, so that only answers change."""
        return isinstance(body, SituationsView) and _asked(body) == _asked(self._view)

    @override
    def show_view(self, body: SituationsView) -> None:
        """Show which question is asked now and what the others were answered."""
        self._view = body
        for index, (block, question) in enumerate(zip(self._blocks, body.questions, strict=True)):
            block.show_answer(question.answer, live=index == body.current)

    @override
    def take_key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER and is_plain(event):
            self.intent.emit(AcceptDefaults())
            return True
        number = digit(event)
        if number is None or not 0 <= self._view.current < len(self._view.questions):
            return False
        if not _can_take(self._view.questions[self._view.current].options, number):
            return False
        self.intent.emit(AnswerSituation(self._view.current, number - 1))
        return True


def _can_take(options: tuple[OptionView, ...], number: int) -> bool:
    return number <= len(options) and options[number - 1].enabled


def _asked(view: SituationsView) -> list[tuple[str, tuple[OptionView, ...]]]:
    return [(question.text, question.options) for question in view.questions]

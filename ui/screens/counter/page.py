"""What the clerk's keys do to the page of one citizen: every intent about the card, as a change of the card."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.work.card import Section, WorkCard
from ui import intents

Change = Callable[[WorkCard], WorkCard]


def change_of(intent: object) -> Change | None:  # noqa: C901, PLR0912 - one line an intent is the clearest table
    """Return the change an intent means, or None for an intent that is not about the page.

    The change itself raises ``WorkRefused`` where the page does not take it.
    """
    match intent:
        case intents.ConfirmItem(index):
            change: Change | None = lambda card: card.choose_item(card.candidates[index].id)  # noqa: E731 - a table
        case intents.AnswerSituation(question, option):
            change = lambda card: _answered(card, question, option)  # noqa: E731 - a table
        case intents.AcceptDefaults():
            change = WorkCard.accept_answers
        case intents.SetVerdict(row, None):
            change = lambda card: card.clear_mark(_material(card, row))  # noqa: E731 - a table
        case intents.SetVerdict(row, verdict) if verdict:
            change = lambda card: card.mark(_material(card, row), verdict)  # noqa: E731 - a table
        case intents.FailCheck(row):
            change = lambda card: card.fail_check(_material(card, row))  # noqa: E731 - a table
        case intents.ToggleMissing(row):
            change = lambda card: card.toggle_missing(row + 1)  # noqa: E731 - a table
        case intents.MarkDefective(row):
            change = lambda card: card.mark_defective(_material(card, row))  # noqa: E731 - a table
        case intents.MarkRestOk():
            change = WorkCard.mark_rest_ok
        case intents.EditField(name, text):
            change = lambda card: card.fill(name, text)  # noqa: E731 - a table
        case intents.JumpSection(number):
            change = lambda card: card.open_section(Section(number))  # noqa: E731 - a table
        case intents.Undo():
            change = WorkCard.undo
        case _:
            change = None
    return change


def _material(card: WorkCard, row: int) -> str:
    return card.materials.lines[row].material.id


def _answered(card: WorkCard, question: int, option: int) -> WorkCard:
    """Answer a question that was clicked rather than asked."""
    asked = card.current_question
    if asked is None or card.item is None or card.item.situations.index(asked) != question:
        card = replace(card, opened=Section.SITUATIONS, question=question)
    return card.answer(option + 1)

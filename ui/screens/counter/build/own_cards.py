"""What the electronic supervision holds against the clerk who sits here, under the list of their cases."""

from app.domain.supervision import CardLevel
from app.ports.card_store import OwnCard
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import FootFact
from ui.texts import text

_LEVELS = {CardLevel.RED: "红牌", CardLevel.YELLOW: "黄牌", CardLevel.HINT: "提示"}
_TAIL = 6
"""Signs of a case number that tell it apart here."""


def own_cards(state: CounterState) -> tuple[FootFact, ...]:
    """Return the gravest card of this clerk, and how many more; nothing without one."""
    number = state.clerk.number if state.clerk is not None else ""
    mine = [each for each in state.hanging if each.clerk == number]
    if not mine:
        return ()
    more = f"，还有 {len(mine) - 1} 张" if len(mine) > 1 else ""
    return (FootFact("督办卡", (f"{_words(mine[0])}{more}",)),)


def _words(card: OwnCard) -> str:
    return f"{_LEVELS[card.level]} …{card.subject[-_TAIL:]} {text(f'card_{card.rule.value}')}"

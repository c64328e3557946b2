"""The rules of the electronic supervision in a catalogue document; what is left out keeps its default."""

from app.domain.catalogue.shape import Choice, Flag, Record, Rows, Whole
from app.domain.supervision import DEFAULTS, CardLevel, Recipient

_RULE = Record(
    {},
    {
        "on": Flag(),
        "level": Choice(tuple(CardLevel)),
        "told": Rows(Choice(tuple(Recipient)), len(Recipient), least=1),
        "amount": Whole(0, 600),
    },
)
CARDS = Record(
    {},
    {
        "pass_seconds": Whole(1, 3600),
        "low_percent": Whole(0, 100),
        **{rule.value: _RULE for rule in DEFAULTS},
    },
)
"""As ``app.domain.supervision.Rules``."""

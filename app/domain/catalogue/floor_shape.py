"""The limits of the floor manager's view in a catalogue document; what is left out keeps its default."""

from app.domain.catalogue.shape import Record, Whole

_MINUTES = Whole(1, 600)
FLOOR = Record(
    {},
    {
        "wait_yellow": _MINUTES,
        "wait_red": _MINUTES,
        "serve_factor": Whole(1, 20),
        "serve_minutes": _MINUTES,
        "remind_minutes": _MINUTES,
        "contact_yellow": _MINUTES,
        "contact_red": _MINUTES,
        "stranded_red": _MINUTES,
    },
)
"""As ``app.domain.floor.Thresholds``."""

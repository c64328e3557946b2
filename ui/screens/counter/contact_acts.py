"""What calls, letters and the contacts they leave do to the store, run off the GUI thread."""

from collections.abc import Sequence
from typing import Final

from app.domain.channel import Channel
from app.domain.contact_record import ContactRecord, found_by
from app.usecases.continue_contact import Continued, join_contact, present_contact
from app.usecases.open_contact import open_contact
from app.usecases.open_day import open_day
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts

CONTINUED: Final = "contact_continued"
"""The sentence on a page that goes on with a contact; it names what the contact is about."""
MOST_LOOKED_AT: Final = 500
"""As many open contacts as a window may have left in a month."""


def begin(parts: CounterParts, channel: Channel) -> Done:
    """Ctrl+T with its digit; a window open over midnight opens the new day."""
    open_day(parts.store, parts.clock, parts.clerk)
    open_contact(parts.store, parts.clock, channel, parts.clerk)
    parts.wake_sync()
    return look(parts)


def come(parts: CounterParts, number: str) -> Done:
    """Serve the citizen who names the number of a contact."""
    open_day(parts.store, parts.clock, parts.clerk)
    continued = present_contact(parts.store, parts.clock, number, parts.clerk)
    parts.wake_sync()
    return Done(look(parts).facts, CONTINUED, continued.contact.topic)


def join(parts: CounterParts, number: str) -> Continued:
    """Let who sits here go on with a contact."""
    return join_contact(parts.store, number, parts.clerk)


def find(parts: CounterParts, wanted: Sequence[str]) -> ContactRecord | None:
    """Return the newest open contact that every token of the F7 box finds."""
    with parts.store.read() as view:
        return next((each for each in view.open_contact_records(MOST_LOOKED_AT) if found_by(each, wanted)), None)

"""What is done with the numbers reserved for this window: called, asked for, given back."""

from app.usecases.ask_block import ask_block
from app.usecases.issue_number import issue_number
from app.usecases.open_day import open_day
from app.usecases.release_block import release_block
from ui.screens.counter import acts
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.block import numbers
from ui.screens.counter.parts import CounterParts

RELEASED = "block_released"
GIVEN_BACK = "block_given_back"
"""The network is steady again, and what the window had asked for went back by itself."""
NOTHING_LEFT = "block_empty"


def call(parts: CounterParts) -> Done:
    """F2 without the network: the next reserved number; finishes who has their paper first."""
    acts.finish_if_issued(parts)
    open_day(parts.store, parts.clock, parts.clerk)
    return acts.call_of_block(parts)


def issue(parts: CounterParts) -> Done:
    """Give out a number of the window's own series with its paper, whoever sits at the window."""
    open_day(parts.store, parts.clock, parts.clerk)
    ticket = issue_number(parts.store, parts.clock, parts.templates, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(look(parts).facts, "number_issued", ticket.number)


def ask(parts: CounterParts) -> None:
    """The link flaps: ask for a few numbers; the feed tells which."""
    if parts.blocks is not None:
        ask_block(parts.store, parts.clock, parts.blocks, parts.clerk)
        parts.wake_sync()


def release(parts: CounterParts) -> Done:
    """Give all of them back."""
    return _told(parts, RELEASED, own=False)


def give_back(parts: CounterParts) -> Done:
    """Give back what the window asked for by itself."""
    return _told(parts, GIVEN_BACK, own=True)


def _told(parts: CounterParts, message: str, *, own: bool) -> Done:
    released = release_block(parts.store, parts.clerk, own=own)
    parts.wake_sync()
    return Done(look(parts).facts, message if released else NOTHING_LEFT, numbers(released))

"""What the weather may bring, and what people do about it; each has to happen in the seeds of ``make test``."""

from enum import StrEnum


class Seen(StrEnum):
    """Counted in ``Timeline.seen``: a fault that never comes about proves nothing."""

    POWER_CUT = "power cut"
    CUT_OFF = "cut off for seconds"
    CUT_OFF_FOR_LONG = "cut off for minutes to an hour"
    CUT_OFF_OVERNIGHT = "cut off over the day's end"
    NIGHT = "a night"
    CLOCK_JUMPED = "a clock jumped"
    SERVER_FULL = "server found no room"
    COUNTER_FULL = "counter found no room"
    SERVER_RESTORED = "server restored from a backup"
    COUNTER_REBUILT = "counter's store made anew"
    COUNTER_RESTORED = "counter restored from a backup"
    COUNTER_CLONED = "counter's old disk started by mistake"
    SHUT_OUT = "chain refused as a fork"
    BLOCK_ASKED = "block asked for by a flapping line"
    BLOCK_PREPARED = "block given by the manager"
    BLOCK_CALLED = "called from a block, cut off"
    BLOCK_GIVEN_BACK = "block given back"
    BLOCK_FENCED = "block fenced by the manager"
    CONFLICT_RESOLVED = "conflict resolved by the clerk"
    CONFLICT_HANDED_ON = "conflict handed to the manager"
    FORGOTTEN = "case that is over left a window's copy"
    CARD_CLOSED = "card closed by the manager"

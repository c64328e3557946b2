"""A reservation of a number: who it is for, where its ticket stands afterwards, and which word about it is too late."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reserved_block import block_of, fenced, released, reserved
from app.domain.ticket import IN_LINE, LIVE, TICKET, Ticket, TicketEvent, TicketState
from app.domain.transitions import IllegalTransition

WAITING = Ticket("t1", "9901", "A001", "A", TicketState.WAITING, 4, 1000, line_ms=700)


def test_a_reservation_keeps_the_place_and_its_end_leaves_no_window() -> None:
    held = reserved(WAITING, "A03", 9)
    assert (held.state, held.window, held.epoch, held.rev) == (TicketState.RESERVED, "A03", 9, 5)
    back = released(held)
    assert back == replace(WAITING, rev=6, epoch=9)
    assert back.place_ms == held.place_ms == WAITING.place_ms


@pytest.mark.parametrize("state", sorted(set(TicketState) - {TicketState.WAITING}))
def test_only_who_waits_is_reserved(state: TicketState) -> None:
    with pytest.raises(IllegalTransition):
        reserved(replace(WAITING, state=state), "A03", 9)


@pytest.mark.parametrize("state", sorted(set(TicketState) - {TicketState.RESERVED}))
def test_only_what_is_reserved_is_released(state: TicketState) -> None:
    with pytest.raises(IllegalTransition):
        released(replace(WAITING, state=state))


def test_a_reserved_number_is_called_presented_or_released_and_nothing_else() -> None:
    able = {each for each in TicketEvent if TICKET.allows(TicketState.RESERVED, each)}
    assert able == {TicketEvent.CALL, TicketEvent.PRESENT, TicketEvent.RELEASE}
    assert TicketState.RESERVED in IN_LINE
    assert TicketState.RESERVED not in LIVE, "of another day nobody calls it"


def test_a_block_is_one_windows_in_the_order_of_its_reservations() -> None:
    held = [replace(reserved(WAITING, window, n), ticket_id=f"t{n}") for window, n in (("A3", 5), ("A3", 2), ("A1", 1))]
    assert [each.epoch for each in block_of([*held, WAITING], "A3")] == [2, 5]


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9))
def test_a_fence_ends_every_reservation_up_to_the_newest_it_saw(stored: int, received: int, later: int) -> None:
    assert fenced(stored, received) == (received in range(stored + 1))
    assert not fenced(stored, received) or fenced(stored + later, received), "a later fence opens nothing again"

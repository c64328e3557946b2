"""An explicit transition table: one dictionary says what may follow what, and nothing else may."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class IllegalTransition(Exception):  # noqa: N818 - a business "no", named as the field names it
    """The event does not exist in this state."""

    def __init__(self, state: StrEnum, event: StrEnum) -> None:
        super().__init__(f"{event.value} is not possible in {state.value}")
        self.state = state
        self.event = event


class TransitionTable(Generic[State, Event]):
    """States and events of one machine, shared by counter and server."""

    def __init__(self, table: Mapping[tuple[State, Event], State]) -> None:
        self._table = dict(table)

    def after(self, state: State, event: Event) -> State:
        """Return the state the event leads to.

        Raises:
            IllegalTransition: the table has no such row.
        """
        try:
            return self._table[state, event]
        except KeyError:
            raise IllegalTransition(state, event) from None

    def allows(self, state: State, event: Event) -> bool:
        """Say whether the event exists in this state."""
        return (state, event) in self._table

    def rows(self) -> Mapping[tuple[State, Event], State]:
        """Return the whole table, for pages and property tests."""
        return dict(self._table)

"""What goes into the next push, and that it is made once however often the server sends it away."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.ports.store import Counter
from sync.client.outbox import Outbox

LIMIT = 3


@pytest.fixture
def append(kit: Any, clerk: Clerk) -> Any:
    def some(count: int) -> None:
        draft = OperationDraft("slip.reprinted", "case", "c", {}, clerk.at("A01"))
        with kit.store.begin() as work:
            for _ in range(count):
                work.append(draft)

    return some


@pytest.fixture
def counter(kit: Any) -> Counter:
    known: Counter = kit.replica.counter()
    return known


def seqs(push: Any) -> list[int]:
    return [each["seq"] for each in push.ops]


def test_a_push_that_was_sent_away_is_the_same_again(kit: Any, append: Any, counter: Counter) -> None:
    outbox = Outbox(kit.replica)
    append(LIMIT + 1)
    made = outbox.next_push(counter, LIMIT)
    assert seqs(made) == [1, 2, 3]
    append(1)
    assert outbox.next_push(counter, LIMIT) is made
    assert seqs(outbox.next_push(counter, 1)) == [1]


def test_what_was_committed_meanwhile_goes_with_it_while_there_is_room(kit: Any, append: Any, counter: Counter) -> None:
    outbox = Outbox(kit.replica)
    append(1)
    assert seqs(outbox.next_push(counter, LIMIT)) == [1]
    append(1)
    assert seqs(outbox.next_push(counter, LIMIT)) == [1, 2]


def test_after_an_acknowledgement_the_next_ones_go(kit: Any, append: Any, counter: Counter) -> None:
    outbox = Outbox(kit.replica)
    append(2 * LIMIT)
    first = outbox.next_push(counter, LIMIT)
    kit.replica.acknowledge(2, {})
    assert seqs(outbox.next_push(counter, LIMIT)) == [3, 4, 5]
    kit.replica.rewind(1, kit.replica.server_incarnation())
    again = outbox.next_push(counter, LIMIT)
    assert again == first
    outbox.taken()
    assert outbox.next_push(counter, LIMIT) is not again

"""Random lawful and unlawful paths over tickets and cases: the promises of the law hold after every press."""

import os
from collections import Counter
from typing import Any

import pytest
from hand_of_chance import Chance
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.domain.case import CaseState
from app.domain.person import Person

AT_LENGTH = int(os.environ.get("CHUANGKOU_PATHS", "0"))
"""How many paths, by chance; without it a few that are the same in every run."""
EXAMPLES = AT_LENGTH or 25
S = CaseState
EVERYWHERE = {
    *(S.RECEIVED, S.SUPPLEMENT_NOTICED, S.ACCEPTED, S.REFUSED, S.WITHDRAWN, S.VOIDED),
    *(S.REVIEWING, S.SUSPENDED, S.GRANTED, S.DENIED, S.AWAITING_PICKUP, S.DELIVERED),
}
"""Where chance comes to in many paths."""
MANY = 500


@pytest.mark.timeout(max(200, 5 * AT_LENGTH))
def test_no_path_leads_out_of_the_law(
    kit: Any, published_store: Any, memory_of: Any, ticket: Any, *, queue: Any, citizen: Person
) -> None:
    """No case without outcome, no outcome without document, no document without number, date, basis; a clock never
    runs in two states; the first clerk never changes; what was refused left nothing behind.
    """
    seen: list[Chance] = []
    began = kit.clock.now

    class Here(Chance):
        def teardown(self) -> None:
            seen.append(self)

    def opened() -> Any:
        memory_of(kit.database.engine).hold(published_store)
        kit.clock.now = began
        kit.clock.chance.seed(1)
        return kit

    Here.open_kit, Here.new_ticket, Here.new_queue, Here.citizen = opened, ticket, queue, citizen
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=35,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            report_multiple_bugs=False,
            derandomize=not AT_LENGTH,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = sum(each.watch.done for each in seen)
    refused = sum((each.watch.refused for each in seen), Counter())
    states = set().union(*(each.watch.states for each in seen))
    print(f"{len(seen)} paths, {done} acts done, {refused.total()} refused: {dict(refused)}")
    wanted = EVERYWHERE if AT_LENGTH >= MANY else {S.ACCEPTED}
    assert states >= wanted, f"never came to {wanted - states}"
    assert done > len(seen)
    assert refused.total() > len(seen)

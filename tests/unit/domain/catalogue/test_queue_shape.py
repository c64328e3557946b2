"""The rules of the line at the publish gate: what may be published, and on which line what may not stands."""

import re
from typing import Any

import pytest

from app.domain.catalogue.gate import build, check
from app.domain.catalogue.problem import GateCode
from app.domain.queue_rules import QueueRules
from app.storage.messages import sentence as text
from sync.server.catalogue_yaml import read
from sync.server.demo_publish import catalogue_bytes

SPOILED = {
    "an unknown priority": ("weights: {nobody: 1}", GateCode.UNKNOWN_REFERENCE, "weights"),
    "unequal weights without age": ("weights: {military: 2}", GateCode.WEIGHTS_NEED_AGEING, "weights"),
    "a weight of nothing": ("weights: {military: 0}", GateCode.OUT_OF_RANGE, "weights"),
    "a weight too high": ("weights: {military: 10}", GateCode.OUT_OF_RANGE, "weights"),
    "never an ordinary one": ("ordinary_after: 0", GateCode.OUT_OF_RANGE, "ordinary_after"),
    "words for minutes": ("ageing_minutes: 半小时", GateCode.WRONG_TYPE, "ageing_minutes"),
    "minutes without end": ("ageing_minutes: 1000", GateCode.OUT_OF_RANGE, "ageing_minutes"),
    "an unknown rule": ("favourites: [A01]", GateCode.UNKNOWN_KEY, "favourites"),
}


def unruled() -> bytes:
    """Return the demo's catalogue file without the rules for its line."""
    return re.sub(rb"(?m)^queue:.*\n(?:  .*\n)+", b"", catalogue_bytes())


def with_rules(rules: str) -> Any:
    """Return the demo's catalogue file with other rules for its line, as read."""
    return read(unruled() + f"\nqueue:\n  {rules}\n".encode())


@pytest.mark.parametrize(("rules", "code", "where"), SPOILED.values(), ids=SPOILED)
def test_a_rule_that_cannot_hold_is_refused_on_its_line(rules: str, code: GateCode, where: str) -> None:
    file = with_rules(rules)
    lines = unruled().decode().count("\n") + 3
    [found] = check(file.document)
    assert (found.code, file.line_of(found.path)) == (code, lines)
    assert where in found.path
    assert text(found.code.value, **found.values)


def test_what_the_hall_publishes_is_what_the_line_follows() -> None:
    rules = "{weights: {military: 3, elderly: 2}, ordinary_after: 4, ageing_minutes: 30}"
    document = read(unruled() + f"\nqueue: {rules}\n".encode()).document
    assert build(document).queue == QueueRules({"military": 3, "elderly": 2}, 4, 30)


def test_a_hall_may_publish_no_rules() -> None:
    assert build(read(unruled()).document).queue == QueueRules()


def test_the_rules_of_the_demo_put_age_before_every_weight() -> None:
    catalogue = build(read(catalogue_bytes()).document)
    protected = dict.fromkeys(("military", "elderly", "disabled", "pregnant"), 2)
    assert catalogue.queue == QueueRules(protected, ordinary_after=3, ageing_minutes=30)
    assert catalogue.queue.weight("supplement") == 1

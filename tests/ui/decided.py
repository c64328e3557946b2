"""A case whose result lies ready at the window, as it comes to a counter from the department."""

from dataclasses import replace
from typing import Any

from app.domain.case import Case, CaseState
from app.domain.decision import Made, granted


def lie_ready(kit: Any, case: Case, rev: int = 4) -> Case:
    """Keep the whole case as the department granted it today and handed its result over."""
    with kit.store.read() as view:
        catalogue, calendar, today = view.catalogue(), view.calendar(), view.business_date()
    made = Made("0401", "R01", today, kit.clock.now_ms(), "示食许准〔2026〕0002-0001号", calendar)
    decision = replace(granted(catalogue.items[case.item_id], catalogue, made), made_on=today.isoformat())
    ready = replace(case, state=CaseState.AWAITING_PICKUP, rev=rev, decision=decision.to_json())
    with kit.store.begin() as work:
        work.put_case(ready)
    return ready

"""Who stands on a paper: applicant, agent, guardian and organisation, each named once (slips.md section 0.9)."""

from collections.abc import Mapping
from typing import Any

from app.domain.case import Case
from app.domain.masking import mask_identity_number, mask_name


def party_fields(case: Case) -> dict[str, object]:
    """Return the fields of a slip that say who: whole names, masked numbers; an organisation's code is public."""
    name, number = case.applicant["name"], mask_identity_number(case.applicant["number"])
    if case.organisation:
        name = f"{case.organisation['name']}（办理人：{name}）"
        number = f"{case.organisation['uscc']}（单位）、{number}（办理人）"
    return {
        "applicant": name,
        "id_masked": number,
        "agent": case.agent and _named(case.agent),
        "guardian": case.guardian and _named(case.guardian),
    }


def _named(person: Mapping[str, Any]) -> str:
    return f"{person['name']}（{mask_identity_number(person['number'])}）"


def masked_person(person: Mapping[str, Any]) -> dict[str, Any]:
    """Return a person as the screen may show it."""
    return {**person, "name": mask_name(person["name"])}

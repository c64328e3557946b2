"""The work card as JSON, for the crash journal: a power cut restores the section and everything decided."""

from collections.abc import Mapping
from typing import Any

from app.domain.caller import Caller
from app.domain.catalogue.catalogue import Catalogue
from app.domain.channel import Channel
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.work.card import Section, WorkCard
from app.domain.work.ending_sheet import EndingSheet
from app.domain.work.materials import Mark, Verdict
from app.domain.work.refusal_sheet import RefusalSheet
from app.domain.work.supplement import Added, Supplement

MAX_ENTRIES = 200
MAX_TEXT = 2000

_TEXT_MAPS = ("answers", "typed")
_ID_LISTS = ("candidates", "recheck_materials", "recheck_fields")


class DraftError(ValueError):
    """The stored draft is not one that this version wrote."""


def to_json(card: WorkCard) -> dict[str, Any]:
    """Return the card as plain JSON values, without its undo history."""
    return {
        "ticket_id": card.ticket_id,
        "ticket_number": card.ticket_number,
        "business": card.business,
        "catalogue_version": card.catalogue_version,
        "candidates": [each.id for each in card.candidates],
        "item": card.item.id if card.item else None,
        "answers": dict(card.answers),
        "marks": {
            key: {"verdict": mark.verdict.value, "reason": mark.reason, "check_failed": mark.check_failed}
            for key, mark in card.marks.items()
        },
        "typed": dict(card.typed),
        "applicant": card.applicant.to_json() if card.applicant else None,
        "agent": card.agent.to_json() if card.agent else None,
        "guardian": card.guardian.to_json() if card.guardian else None,
        "organisation": card.organisation.to_json() if card.organisation else None,
        "recheck_materials": sorted(card.recheck_materials),
        "recheck_fields": sorted(card.recheck_fields),
        "who_settled": card.who_settled,
        "supplement": _supplement_to_json(card.supplement),
        "opened": int(card.opened) if card.opened is not None else None,
        "question": card.question,
        "refusing": card.refusing.to_json() if card.refusing else None,
        "ending": card.ending.to_json() if card.ending else None,
        "corrects": card.corrects,
        "known_version": card.known_version,
        "consent_ms": card.consent_ms,
        "channel": card.channel.value,
        "caller": card.caller.to_json() if card.caller else None,
        "topic": card.topic,
    }


def from_json(value: Mapping[str, Any], catalogue: Catalogue) -> WorkCard:
    """Read a draft back under the catalogue in force now.

    Under another version than the draft's, items that are gone leave the card and every verdict asks for one more look.

    Raises:
        DraftError: not what ``to_json`` makes.
    """
    try:
        return _card(value, catalogue)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DraftError(str(error)) from error


def _card(value: Mapping[str, Any], catalogue: Catalogue) -> WorkCard:
    texts = {key: _texts(value[key]) for key in _TEXT_MAPS}
    ids = {key: [_text(each) for each in _bounded(list(value[key]))] for key in _ID_LISTS}
    marks = {_text(key): _mark(mark) for key, mark in _bounded(value["marks"]).items()}
    item = catalogue.items.get(_text(value["item"])) if value["item"] is not None else None
    if item is not None:
        marks = {key: mark for key, mark in marks.items() if item.material(key) is not None}
    same = value["catalogue_version"] == catalogue.version
    return WorkCard(
        ticket_id=None if value["ticket_id"] is None else _text(value["ticket_id"]),
        ticket_number=_text(value["ticket_number"]),
        business=_text(value["business"]),
        catalogue_version=catalogue.version,
        candidates=tuple(catalogue.items[each] for each in ids["candidates"] if each in catalogue.items),
        item=item,
        answers=_valid_answers(texts["answers"], {each.key: each.options for each in item.situations} if item else {}),
        marks=marks if item else {},
        typed=texts["typed"],
        applicant=_person(value["applicant"]),
        agent=_person(value["agent"]),
        guardian=_person(value.get("guardian")),
        organisation=_organisation(value.get("organisation")),
        recheck_materials=frozenset(ids["recheck_materials"] if same else marks) & marks.keys(),
        recheck_fields=frozenset(ids["recheck_fields"]),
        who_settled=bool(value["who_settled"]),
        supplement=_supplement(value.get("supplement")),
        opened=None if value["opened"] is None or item is None else Section(value["opened"]),
        question=max(0, int(value["question"])),
        refusing=RefusalSheet.from_json(value["refusing"]) if value.get("refusing") else None,
        ending=EndingSheet.from_json(value["ending"]) if value.get("ending") else None,
        corrects=_text(value.get("corrects", "")),
        known_version=_version(value, same=same),
        consent_ms=None if value.get("consent_ms") is None else int(value["consent_ms"]),
        channel=Channel(value.get("channel", Channel.IN_PERSON)),
        caller=Caller.from_json(value["caller"]) if value.get("caller") else None,
        topic=_text(value.get("topic", "")),
    )


def _version(value: Mapping[str, Any], *, same: bool) -> int | None:
    """Return the version to compare with: the one noted before, else the draft's own where it is another."""
    noted = value.get("known_version")
    known = noted if noted is not None or same else value["catalogue_version"]
    return None if known is None else int(known)


def _valid_answers(answers: Mapping[str, str], options: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {key: answer for key, answer in answers.items() if answer in options.get(key, ())}


def _mark(value: Mapping[str, Any]) -> Mark:
    return Mark(Verdict(value["verdict"]), _text(value["reason"]), bool(value["check_failed"]))


def _supplement_to_json(supplement: Supplement | None) -> dict[str, Any] | None:
    if supplement is None:
        return None
    return {
        "case_id": supplement.case_id,
        "case_no": supplement.case_no,
        "listed": sorted(supplement.listed),
        "added": [each.to_json() for each in supplement.added],
    }


def _supplement(value: Mapping[str, Any] | None) -> Supplement | None:
    if value is None:
        return None
    ids = frozenset(_text(each) for each in _bounded(list(value["listed"])))
    added = tuple(Added.from_json(each) for each in _bounded(list(value.get("added", ()))))
    return Supplement(_text(value["case_id"]), _text(value["case_no"]), ids, added)


def _person(value: Mapping[str, Any] | None) -> Person | None:
    return None if value is None else Person.from_json(value)


def _organisation(value: Mapping[str, Any] | None) -> Organisation | None:
    return None if value is None else Organisation.from_json(value)


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    return {_text(key): _text(each) for key, each in _bounded(value).items()}


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise DraftError("a short text is expected")
    return value


def _bounded(value: Any) -> Any:
    if len(value) > MAX_ENTRIES:
        raise DraftError("too many entries")
    return value

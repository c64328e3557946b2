"""Whose place a card that is laid on the reader fills: an agent's card never makes an applicant."""

from app.domain.person import Person, Slot
from app.domain.work.refusal import WorkRefusal, WorkRefused


def seat_for(person: Person, applicant: Person | None, agent: Person | None, *, by_agent: bool) -> Slot:
    """Return the slot for a person who was read.

    While nobody acts for the applicant, the one card is the applicant's. Where somebody does, the first card is that of
    the one standing here, and the applicant's may follow; a card read again stays where it was.

    Raises:
        WorkRefused: another person's card, though nobody acts for the applicant.
    """
    if not by_agent:
        if applicant is not None and applicant.number != person.number:
            raise WorkRefused(WorkRefusal.ANOTHER_PERSON)
        return Slot.APPLICANT
    if applicant is not None and applicant.number == person.number:
        return Slot.APPLICANT
    another = agent is not None and agent.number != person.number
    return Slot.APPLICANT if another and applicant is None else Slot.AGENT

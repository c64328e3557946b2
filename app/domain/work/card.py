"""The work card: one citizen, one item, five sections; each method is one key and returns a new card."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import Any

from app.domain.caller import Caller
from app.domain.catalogue.checklist import checklist
from app.domain.catalogue.item import Exclusion, Item, Situation
from app.domain.channel import Channel
from app.domain.organisation import Organisation
from app.domain.person import Person, PersonSource, Slot
from app.domain.work.change import keep
from app.domain.work.defects import next_defect
from app.domain.work.ending_sheet import EndingSheet
from app.domain.work.form_sheet import FormSheet
from app.domain.work.materials import SETTLED, Mark, MaterialSheet, Verdict
from app.domain.work.refusal import WorkRefusal, WorkRefused
from app.domain.work.refusal_sheet import RefusalSheet
from app.domain.work.seats import seat_for
from app.domain.work.supplement import Supplement

UNDO_STEPS = 20
MAX_TYPED = 2000
_PHONE = "applicant.phone"


class Section(IntEnum):
    """The five sections of the card, in their order on the spine."""

    ITEM = 1
    SITUATIONS = 2
    MATERIALS = 3
    FORM = 4
    OUTCOME = 5


@dataclass(frozen=True, repr=False)
class WorkCard:
    """What is known about the citizen at the counter, and what the clerk decided so far.

    ``candidates`` are the items of the ticket's business. ``answers`` go from situation key to option, ``marks`` from
    material id to verdict, ``typed`` from form field to text. ``recheck_*`` name what to look at again after an earlier
    answer changed; ``who_settled`` says that the card read first is known to be the applicant's.
    ``supplement`` is the open notice the citizen came back with.
    ``opened`` is the section the clerk jumped to, ``question`` the situation the next digit answers.
    ``refusing`` and ``ending`` are what was said after F11 and F12; ``corrects`` is why an issued paper is made anew.
    ``known_version`` is the earlier catalogue under which the ticket was taken or the page begun, until the clerk has
    seen what changed since (Enter on the item). ``consent_ms`` is when a child's guardian consented, UTC milliseconds.
    ``channel`` is how the citizen reached the window, ``caller`` who rang or wrote before this visit, as they said;
    ``topic`` is what a registered first contact was about that this visit goes on with.
    What follows from all this (checklist, form) is worked out once a card.
    """

    ticket_id: str | None
    ticket_number: str
    business: str
    catalogue_version: int
    candidates: tuple[Item, ...]
    item: Item | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    applicant: Person | None = None
    agent: Person | None = None
    guardian: Person | None = None
    organisation: Organisation | None = None
    recheck_materials: frozenset[str] = frozenset()
    recheck_fields: frozenset[str] = frozenset()
    who_settled: bool = False
    supplement: Supplement | None = None
    opened: Section | None = None
    question: int = 0
    refusing: RefusalSheet | None = None
    ending: EndingSheet | None = None
    corrects: str = ""
    known_version: int | None = None
    consent_ms: int | None = None
    channel: Channel = Channel.IN_PERSON
    caller: Caller | None = None
    topic: str = ""
    past: tuple["WorkCard", ...] = field(default=(), compare=False)

    # 1 事项

    def accept_item(self) -> "WorkCard":
        """Enter: take the item the ticket names first."""
        if not self.candidates:
            raise WorkRefused(WorkRefusal.NO_ITEM)
        return self.choose_item(self.candidates[0].id)

    def choose_item(self, item_id: str) -> "WorkCard":
        """Take one of the ticket's items; of an earlier item only what is valid for this one stays."""
        item = next((each for each in self.candidates if each.id == item_id), None)
        if item is None:
            raise WorkRefused(WorkRefusal.NOT_A_CANDIDATE)
        if item == self.item:
            return replace(self, opened=None, known_version=None)
        kept = {
            each.key: self.answers[each.key] for each in item.situations if self.answers.get(each.key) in each.options
        }
        nothing: frozenset[str] = frozenset()
        return self._decide(
            item=item,
            answers=kept,
            marks={},
            recheck_materials=nothing,
            recheck_fields=nothing,
            supplement=None,
            opened=None,
            known_version=None,
        )

    def choose_found(self, item: Item) -> "WorkCard":
        """Take an item of this window that was searched for, whether or not the ticket may mean it."""
        card = self if item in self.candidates else replace(self, candidates=(*self.candidates, item))
        return card.choose_item(item.id)

    # 2 情形

    @property
    def current_question(self) -> Situation | None:
        """The situation the next digit answers."""
        if self.item is None:
            return None
        if self.opened is Section.SITUATIONS and self.question < len(self.item.situations):
            return self.item.situations[self.question]
        return next((each for each in self.item.situations if each.key not in self.answers), None)

    def answer(self, digit: int) -> "WorkCard":
        """1-9: answer the current question with its n-th option and move on."""
        asked = self.current_question
        if asked is None or not 1 <= digit <= len(asked.options):
            raise WorkRefused(WorkRefusal.NO_SUCH_OPTION)
        return self._with_answers({asked.key: asked.options[digit - 1]}, question=self.question + 1)

    def accept_answers(self) -> "WorkCard":
        """Enter: every question not answered takes its first option, the pre-answered one."""
        item = self._item()
        given = {each.key: each.options[0] for each in item.situations if each.key not in self.answers}
        return self._with_answers(given, question=len(item.situations))

    def _with_answers(self, given: Mapping[str, str], question: int) -> "WorkCard":
        item = self._item()
        answers = {**self.answers, **given}
        kept = keep(item, self.answers, answers, self.marks)
        return self._decide(
            answers=answers,
            marks=kept.marks,
            recheck_materials=(self.recheck_materials & kept.marks.keys()) | kept.materials,
            recheck_fields=self.recheck_fields | (kept.fields & self.typed.keys()),
            question=question,
            opened=self.opened if question < len(item.situations) else None,
        )

    @property
    def by_agent(self) -> bool:
        """Whether the answers say that somebody acts for the applicant."""
        return self.item is not None and any(
            self.answers.get(each.key) in each.by_agent for each in self.item.situations
        )

    # 3 材料

    @cached_property
    def materials(self) -> MaterialSheet:
        """The checklist with its verdicts; empty while no item is chosen."""
        lines = checklist(self.item, self.answers) if self.item else ()
        return MaterialSheet(lines, self.marks, self.recheck_materials, self._card_read and not self.who_is_who)

    def mark(self, material_id: str, verdict: Verdict, reason: str = "", *, check_failed: bool = False) -> "WorkCard":
        """Give a verdict on one line; raises ``WorkRefused`` where the published list does not allow it."""
        return self._marked(material_id, self.materials.checked(material_id, Mark(verdict, reason, check_failed)))

    def fail_check(self, material_id: str) -> "WorkCard":
        """. on a shared line: it could not be verified, so the citizen is asked for it after all (domain rule L07)."""
        return self.mark(material_id, Verdict.MISSING, check_failed=True)

    def mark_defective(self, material_id: str) -> "WorkCard":
        """/: the line is there but faulty (不符); pressed again, its next published defect."""
        mark = next_defect(self.materials, material_id)
        return self.mark(material_id, mark.verdict, mark.reason, check_failed=mark.check_failed)

    def toggle_missing(self, n: int) -> "WorkCard":
        """1-9: line n is missing, or no longer."""
        state = next((each for each in self.materials.states() if each.line.n == n), None)
        if state is None:
            raise WorkRefused(WorkRefusal.NO_SUCH_MATERIAL)
        if state.short:
            return self.clear_mark(state.line.material.id)
        return self.mark(state.line.material.id, Verdict.MISSING)

    def turn_reason(self, material_id: str, step: int) -> "WorkCard":
        """Left, right: go through 缺 and the published defects of the line."""
        return self._marked(material_id, self.materials.turned(material_id, step))

    def mark_rest_ok(self) -> "WorkCard":
        """+: everything not decided is there; what was settled and only needs another look is confirmed."""
        sheet = self.materials
        kept = frozenset(
            each.line.material.id
            for each in sheet.states()
            if each.recheck and (each.mark is None or each.mark.verdict not in SETTLED)
        )
        return self._decide(marks=sheet.rest_ok(), recheck_materials=kept, opened=None)

    def clear_mark(self, material_id: str) -> "WorkCard":
        """Backspace: take the clerk's verdict back."""
        self.materials.line(material_id)
        marks = {key: mark for key, mark in self.marks.items() if key != material_id}
        return self._decide(marks=marks, recheck_materials=self.recheck_materials - {material_id})

    def _marked(self, material_id: str, mark: Mark) -> "WorkCard":
        if self.supplement is not None:
            self.supplement.check(material_id, mark)
        marks = {**self.marks, material_id: mark}
        return self._decide(marks=marks, recheck_materials=self.recheck_materials - {material_id}, opened=None)

    # 4 表单

    @cached_property
    def form(self) -> FormSheet | None:
        """The intake form with prefilled and typed values; None while no item is chosen."""
        if self.item is None:
            return None
        known = {f"situation.{key}": answer for key, answer in self.answers.items()}
        unclear = self.who_is_who
        people: Mapping[Slot, Person | Organisation | None] = {
            Slot.APPLICANT: None if unclear else self.applicant,
            Slot.AGENT: None if unclear else self.acting_agent,
            Slot.GUARDIAN: self.guardian,
            Slot.ORGANISATION: self.organisation,
        }
        for slot, person in people.items():
            if person is not None:
                known |= {f"{slot}.{key}": value for key, value in person.to_json().items() if isinstance(value, str)}
        if self.caller is not None and not known.get(_PHONE):
            known[_PHONE] = self.caller.phone
        return FormSheet(self.item.form, self.typed, known)

    def fill(self, field_name: str, value: str) -> "WorkCard":
        """Type into a field; faults of the value are shown, not refused. The form stays open while it is typed in."""
        if self._item().form.field(field_name) is None or len(value) > MAX_TYPED:
            raise WorkRefused(WorkRefusal.NO_SUCH_FIELD)
        # The field typed in last stands last: there the clerk goes on after a power cut.
        typed = {**{name: text for name, text in self.typed.items() if name != field_name}, field_name: value}
        return replace(self, typed=typed, recheck_fields=self.recheck_fields - {field_name}, opened=Section.FORM)

    def finish_form(self) -> "WorkCard":
        """Enter in the last empty field: look at the outcome."""
        return replace(self, opened=None)

    # people, sections, undo

    def seat(self, person: Person, slot: Slot | None = None) -> "WorkCard":
        """Put a person into a slot; without one, an agent's card never becomes the applicant.

        Raises:
            WorkRefused: another person's card, while nobody acts for the applicant.
        """
        match slot or seat_for(person, self.applicant, self.agent, by_agent=self.by_agent):
            case Slot.APPLICANT:
                said = slot is not None and self.by_agent
                return replace(self, applicant=person, who_settled=self.who_settled or said, consent_ms=None)
            case Slot.GUARDIAN:
                return replace(self, guardian=person, consent_ms=None)
            case _:
                return replace(self, agent=person)

    def seat_organisation(self, organisation: Organisation) -> "WorkCard":
        """Put the organisation the applicant stands for into its place."""
        return replace(self, organisation=organisation)

    @property
    def acting_agent(self) -> Person | None:
        """Who acts for the applicant; nobody where the answers do not say so, whatever card was read."""
        return self.agent if self.by_agent else None

    @property
    def who_is_who(self) -> bool:
        """Whether the one card read may be the agent's: it was laid before an agent was spoken of."""
        return self.by_agent and self._card_read and self.agent is None and not self.who_settled

    def settle_who(self, slot: Slot) -> "WorkCard":
        """Say in whose place the person stands whose card was read first; AGENT changes the two slots."""
        if slot is Slot.AGENT:
            return replace(self, applicant=self.agent, agent=self.applicant, who_settled=True)
        return replace(self, who_settled=True)

    @property
    def _card_read(self) -> bool:
        return self.applicant is not None and self.applicant.source is PersonSource.CARD

    def open_section(self, section: Section) -> "WorkCard":
        """Alt+1 … Alt+5: look at a section again, or ahead as far as the item allows."""
        if self.item is None and section is not Section.ITEM:
            raise WorkRefused(WorkRefusal.NO_ITEM)
        return replace(self, opened=section, question=0, refusing=self.refusing and self.refusing.closed())

    @property
    def exclusion(self) -> tuple[WorkRefusal, Exclusion] | None:
        """Why the answers rule acceptance out: not needed, or another organ's power (Licensing Law art. 32)."""
        exclusion = self.item.exclusion(self.answers) if self.item else None
        if exclusion is None:
            return None
        return (WorkRefusal.NOT_NEEDED if exclusion.not_needed else WorkRefusal.NOT_OURS), exclusion

    def undo(self) -> "WorkCard":
        """Ctrl+Z: take the last item, answer or verdict back; people and typed text stay."""
        if not self.past:
            raise WorkRefused(WorkRefusal.NOTHING_TO_UNDO)
        return replace(
            self.past[-1],
            typed=self.typed,
            applicant=self.applicant,
            agent=self.agent,
            guardian=self.guardian,
            organisation=self.organisation,
            who_settled=self.who_settled,
            refusing=self.refusing,
            ending=self.ending,
            past=self.past[:-1],
        )

    def _decide(self, **changes: Any) -> "WorkCard":
        return replace(self, **changes, past=(*self.past, replace(self, past=()))[-UNDO_STEPS:])

    def _item(self) -> Item:
        if self.item is None:
            raise WorkRefused(WorkRefusal.NO_ITEM)
        return self.item

"""What a window does in a day, as operations: cases that end every way, visits, pauses, ratings, the shift's end."""

import random
from datetime import date, timedelta
from typing import Any

from month_behind import BEHIND, INSIDE, REFUSAL, REVIEWER, UPWARD, Behind
from month_counter import CLERKS, HALL, ITEMS, Counter
from published_hall import DEMO

from app.domain.business_day import start_of_day_ms
from app.domain.catalogue.build import catalogue_of
from app.domain.catalogue.checklist import checklist
from app.domain.rating import rating_mark
from app.domain.serials import CaseNumber
from app.domain.walk_in import walk_in_number

MINUTE = 60_000
NAMES = ("陈某某", "欧阳某", "=HYPERLINK(1)", "@李某", "王某", "+张某")
PAUSES = ("materials", "meal", "device", "meeting")
WAYS = {
    "accepted": 34,
    "completed": 16,
    "received": 7,
    "received_accepted": 7,
    "noticed": 6,
    "noticed_twice": 2,
    "supplemented": 5,
    "refused": 5,
    "withdrawn": 4,
    "voided": 2,
    "told": 7,
    "contact": 5,
}
"""How the cases of a month end, and how often in a hundred."""

PUBLISHED = catalogue_of(DEMO)
ANSWERS = {key: {each.key: each.options[0] for each in item.situations} for key, item in PUBLISHED.items.items()}
VERDICTS = {
    key: {
        each.material.id: {"verdict": "ok", "reason": "", "check_failed": False}
        for each in checklist(item, ANSWERS[key])
    }
    for key, item in PUBLISHED.items.items()
}
"""A page that is lawful for every item: the first answer of each question, and all that is due is there."""


class Writer:
    """Writes what a window does in a day."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._made = self._answered = 0

    def day(self, counter: Counter, day: date, cases: int) -> None:
        counter.serial = 0
        at_ms = start_of_day_ms(day) + 9 * 3_600_000
        counter.sign(at_ms, "day.opened", ("window", counter.window), {"business_date": day.isoformat()})
        if self._chance.random() < 0.4:
            self._pause(counter, at_ms + MINUTE)
            self._complaint(counter, day, at_ms)
        step = 8 * 3_600_000 // (cases + 1)
        for way in self._chance.choices(list(WAYS), list(WAYS.values()), k=cases):
            at_ms += self._chance.randrange(step // 2, step)
            self._case(counter, day, at_ms, way)
        self._visits(counter, day)
        if self._chance.random() < 0.7:
            self._handover(counter, day)

    def _case(self, counter: Counter, day: date, at_ms: int, way: str) -> None:
        counter.serial += 1
        self._made += 1
        steps = {
            "received_accepted": ("received", "accepted"),
            "noticed_twice": ("noticed", "noticed"),
            "supplemented": ("noticed", "supplemented", "accepted"),
            "withdrawn": ("accepted", "withdrawn"),
            "voided": ("accepted", "voided"),
        }.get(way, (way,))
        if way == "told":
            self._told(counter, day, at_ms)
        elif way == "contact":
            self._contact(counter, day, at_ms)
        else:
            case = self._payload(counter, day, at_ms)
            for rev, step in enumerate(steps):
                self._step(counter, case, step, at_ms + rev * MINUTE, rev)
            if way == "accepted":
                self._behind(counter, case, day, at_ms + 3 * MINUTE)
            if way == "received" and case["item_id"] == "ITM-02":
                self._answer(counter, case, day, at_ms + 3 * MINUTE)
            if self._chance.random() < 0.4:
                self._rate(counter, case["rating_token"], at_ms + 10 * MINUTE)

    def _step(self, counter: Counter, case: dict[str, Any], step: str, at_ms: int, rev: int) -> None:
        states = {
            "accepted": "accepted",
            "completed": "delivered",
            "received": "received",
            "noticed": "supplement_noticed",
            "supplemented": "received",
            "refused": "refused",
            "withdrawn": "withdrawn",
            "voided": "voided",
        }
        told = {
            "refused": {"refusal": REFUSAL},
            "withdrawn": {"withdrawal": {"no": f"TJ-{self._made}", "reason": "later", "told": "以后再办"}},
            "voided": {"voiding": {"reason": "wrong_person"}},
        }.get(step, {})
        waits = {"notice_due": case["answer_by"]} if states[step] == "received" else {}
        payload = {**case, "state": states[step], "rev": rev + 1, **waits, **told}
        payload.pop("answer_by")
        counter.sign(at_ms, f"case.{step}", ("case", case["case_id"]), payload, base_rev=rev or None)

    def _behind(self, counter: Counter, case: dict[str, Any], day: date, at_ms: int) -> None:
        """Let the department decide a licence or move its clock, and send up what a higher authority decides."""
        steps: tuple[str, ...] = ()
        if case["item_id"] == "ITM-02":
            steps = BEHIND.get(self._chance.choice((*BEHIND, "", "")), ())
        elif case["item_id"] == "ITM-07":
            steps = UPWARD[: self._chance.choice((0, 1, 4))]
        behind = Behind(case, day, CLERKS[counter.window])
        for n, step in enumerate(steps):
            clerk = "" if step in UPWARD else REVIEWER
            payload = behind.payload(step, at_ms + n * MINUTE)
            entity = ("case", case["case_id"])
            counter.sign(at_ms + n * MINUTE, f"case.{step}", entity, payload, base_rev=n + 1, clerk=clerk)

    def _answer(self, counter: Counter, case: dict[str, Any], day: date, at_ms: int) -> None:
        """Let the department answer what the window only took in, in turn: accepted, noticed, refused."""
        step = INSIDE[self._answered % len(INSIDE)]
        self._answered += 1
        payload = Behind(case, day, CLERKS[counter.window]).payload(step, at_ms)
        counter.sign(at_ms, f"case.{step}", ("case", case["case_id"]), payload, base_rev=1, clerk=REVIEWER)

    def _payload(self, counter: Counter, day: date, at_ms: int) -> dict[str, Any]:
        item, department = ITEMS[counter.window]
        agent = {"name": "代某", "number": "990101198001010011"} if self._chance.random() < 0.12 else None
        return {
            "case_id": f"case-{self._made:06}",
            "case_no": str(CaseNumber(HALL, counter.number, day, counter.serial)),
            "hall": HALL,
            "window": counter.window,
            "counter": counter.number,
            "business_date": day.isoformat(),
            "item_id": item,
            "item_name": PUBLISHED.items[item].name,
            "catalogue_version": 1,
            "department": department,
            "applicant": {"name": self._chance.choice(NAMES), "number": "990101199003070015"},
            "agent": agent,
            "answers": ANSWERS[item],
            "verdicts": VERDICTS[item],
            "form": {},
            "clerk": CLERKS[counter.window],
            "first_clerk": CLERKS[counter.window],
            "accepted_ms": at_ms,
            "accepted_on": day.isoformat(),
            "promised_due": (day + timedelta(days=14)).isoformat(),
            "statutory_due": (day + timedelta(days=28)).isoformat(),
            "provisional": False,
            "doc_no": f"示食许受〔2026〕{counter.number}-{self._made:05}号",
            "query_code": "123456",
            "rating_token": f"token-{self._made:016}",
            "visit_id": None,
            "received_on": day.isoformat(),
            "answer_by": (day + timedelta(days=7)).isoformat(),
        }

    def _told(self, counter: Counter, day: date, at_ms: int) -> None:
        item, department = ITEMS[counter.window]
        number = f"GZ{day:%Y%m%d}-{counter.number}-{counter.serial:04}"
        payload = {
            "number": number,
            "window": counter.window,
            "counter": counter.number,
            "ticket": "A001",
            "item_id": item,
            "department": department,
            "catalogue_version": 1,
            "answers": {},
            "rating_token": f"token-{self._made:016}",
        }
        counter.sign(at_ms, "notice.issued", ("notice", number), payload)

    def _contact(self, counter: Counter, day: date, at_ms: int) -> None:
        contact = f"contact-{self._made:06}"
        payload = {
            "contact_id": contact,
            "no": f"SW{day:%Y%m%d}-{counter.number}-{counter.serial:04}",
            "topic": "社保转移怎么办",
            "action": "asking",
            "owner": f"{counter.window}窗口 {CLERKS[counter.window]}号",
            "due": day.isoformat(),
            "clerk": CLERKS[counter.window],
            "window": counter.window,
            "number": "A001",
        }
        counter.sign(at_ms, "contact.registered", ("contact", contact), payload)

    def _complaint(self, counter: Counter, day: date, at_ms: int) -> None:
        number = f"TS{day:%Y%m%d}-{counter.number}-0001"
        payload = {
            "number": number,
            "target": "",
            "channel": "on_site",
            "received_ms": at_ms,
            "reply_due": day.isoformat(),
            "query_code": "P4XD",
            "name": "",
            "phone": "",
            "words": "排队太久。",
            "wish": "",
        }
        counter.sign(at_ms, "complaint.registered", ("complaint", number), payload)

    def _rate(self, counter: Counter, token: str, at_ms: int) -> None:
        grade = self._chance.choices((5, 4, 3, 2, 1), (50, 25, 12, 8, 5))[0]
        payload = {"grade": grade, "way": "keypad", "window": counter.window}
        counter.sign(at_ms, "rating.given", ("rating", rating_mark(token)), payload)

    def _visits(self, counter: Counter, day: date) -> None:
        """Two citizens without a number: one in the day, one who is still there after closing time (17:00)."""
        for n, (called, minutes) in enumerate(((15 * 60, 12), (16 * 60 + 50, self._chance.randrange(5, 40))), start=1):
            number, ticket = walk_in_number(counter.number, n), f"walk-{counter.window}-{day:%m%d}-{n}"
            came_ms = start_of_day_ms(day) + called * MINUTE
            walked = {
                "number": number,
                "window": counter.window,
                "business_date": day.isoformat(),
                "served_ms": came_ms,
            }
            counter.sign(came_ms, "ticket.walked_in", ("ticket", ticket), walked)
            left_ms = came_ms + minutes * MINUTE
            ended = {"number": number, "window": counter.window, "outcome": "answered", "case_id": None}
            counter.sign(left_ms, "ticket.finished", ("ticket", ticket), ended)

    def _pause(self, counter: Counter, at_ms: int) -> None:
        minutes, lasted = 30, self._chance.randrange(1, 45 * 60)
        reason = self._chance.choice(PAUSES)
        since = {"reason": reason, "since_ms": at_ms, "until_ms": at_ms + minutes * MINUTE}
        counter.sign(at_ms, "window.paused", ("window", counter.window), {**since, "minutes": minutes, "text": ""})
        ended_ms = at_ms + lasted * 1000
        counter.sign(ended_ms, "window.resumed", ("window", counter.window), {**since, "ended_ms": ended_ms})

    def _handover(self, counter: Counter, day: date) -> None:
        at_ms = start_of_day_ms(day) + (17 * 60 + 40) * MINUTE
        entries = [
            {"kind": "case", "entity_id": f"case-{n}", "number": str(n), "owner": CLERKS[counter.window], "note": ""}
            for n in range(self._chance.randrange(4))
        ]
        payload = {
            "window": counter.window,
            "at_ms": at_ms,
            "to": CLERKS[counter.window],
            "figures": {},
            "entries": entries,
            "stock": {},
        }
        counter.sign(at_ms, "shift.handed_over", ("shift", f"JB{day:%Y%m%d}-{counter.number}"), payload)

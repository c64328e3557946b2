"""The shape of a catalogue document: what may stand where, and how much of it."""

from collections.abc import Mapping

from app.domain.catalogue.cards_shape import CARDS
from app.domain.catalogue.floor_shape import FLOOR
from app.domain.catalogue.form import FieldCheck
from app.domain.catalogue.item import CaseType, SupplementMode
from app.domain.catalogue.material import MaterialForm, Necessity, Source
from app.domain.catalogue.organisation import ALL_ITEMS, Authority
from app.domain.catalogue.queue_shape import QUEUE
from app.domain.catalogue.shape import Choice, Disclosed, Flag, Record, Rows, Shape, Table, Text, Whole
from app.domain.catalogue.theme_shape import THEMES
from app.domain.limit_unit import LimitUnit
from app.domain.rights import Role

ITEM_ID = r"[A-Z]{2,5}-[0-9A-Z]{1,8}"
LAW_ID = r"[A-Z][A-Z0-9-]{1,19}"
DEPARTMENT_ID = r"D-[A-Z0-9]{1,8}"
MATERIAL_ID = r"M[0-9]{1,2}[a-z]?"
GROUP_ID = r"G[0-9]{1,2}"
ARTICLE_NUMBER = r"第[零一二三四五六七八九十百千]{1,8}条(之[一二三四五六七八九十]{1,2})?"
NAME = r"[a-z][a-z0-9_]{0,31}"
BUSINESS_LETTER = r"[A-HJ-NPR-Z]"
WINDOW = BUSINESS_LETTER + r"[0-9]{2}"
PERSON_ROLES = tuple(each.value for each in Role if each not in {Role.COUNTER, Role.KIOSK, Role.BOARD})

DATE = Text(10, pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PHONE = Text(20, pattern=r"[0-9][0-9-]{2,19}")
CLOCK = Text(5, pattern=r"[0-2][0-9]:[0-5][0-9]")
CERTAINTY = Choice(("V", "K", "L", "D"))
LINE = Text(100)
PARAGRAPH = Text(500)
UNIT = Choice(tuple(LimitUnit))
OPTION = Text(60, pattern=r"[^\[\]=!,，\s]+")
ITEM_REFERENCES = Rows(Text(20, pattern=rf"{ITEM_ID}|\{ALL_ITEMS}"), 500)
WINDOWS = Rows(Text(3, pattern=WINDOW), 200)

# How sure the compiler of the catalogue is, and why: kept with the data, never shown at a counter.
REMARKS: Mapping[str, Shape] = {"certainty": CERTAINTY, "note": PARAGRAPH, "evidence": PARAGRAPH}


def _record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Record:
    return Record(required, {**REMARKS, **(optional or {})})


CENTER = _record(
    {
        "code": Text(4, pattern=r"[0-9]{4}"),
        "name": LINE,
        "old_name": LINE,
        "division": Text(6, pattern=r"[0-9]{6}"),
        "address": LINE,
        "hall_tel": PHONE,
        "efficacy_tel": Disclosed(PHONE, "行政效能投诉中心电话"),
        "hours": Rows(Rows(CLOCK, 2, least=2), 4, least=1),
    }
)
ARTICLE = Record({"number": Text(12, pattern=ARTICLE_NUMBER), "text": Text(5000, lines=True)})
LAW = _record(
    {"id": Text(20, pattern=LAW_ID), "title": LINE},
    {
        "doc_no": LINE,
        "effective": DATE,
        "amended": DATE,
        "expires": DATE,
        "replaced_by": Text(20, pattern=LAW_ID),
        "articles": Rows(ARTICLE, 2000),
    },
)
DEPARTMENT = _record(
    {
        "id": Text(10, pattern=DEPARTMENT_ID),
        "name": LINE,
        "uscc": Text(18),
        "tel": PHONE,
        "complaint_tel": Disclosed(PHONE, "投诉电话"),
    }
)
WINDOW_GROUP = _record(
    {
        "numbers": Rows(Text(3, pattern=WINDOW), 99, least=1),
        "zone": LINE,
        "kind": LINE,
        "theme": LINE,
        "authority": Choice(tuple(Authority)),
        "items": ITEM_REFERENCES,
    }
)
BUSINESS = _record(
    {"code": Text(1, pattern=BUSINESS_LETTER), "name": LINE, "items": ITEM_REFERENCES, "windows": WINDOWS}
)
PRIORITY = _record({"code": Text(20, pattern=NAME), "name": Text(30)})
STAFF = _record(
    {
        "number": Text(4, pattern=r"[0-9]{4}"),
        "name": Text(50),
        "department": Text(10, pattern=DEPARTMENT_ID),
        "roles": Rows(Choice(PERSON_ROLES), len(PERSON_ROLES), least=1),
        "windows": WINDOWS,
        "items": ITEM_REFERENCES,
    }
)
REMEDY = _record(
    {
        "review_org": LINE,
        "review_days": Whole(1, 366),
        "review_unit": UNIT,
        "court": LINE,
        "suit_months": Whole(1, 24),
        "basis": PARAGRAPH,
    }
)
CITATION = _record({"law": Text(20, pattern=LAW_ID), "article": LINE, "gist": PARAGRAPH})
SITUATION = _record(
    {"key": Text(32, pattern=NAME), "ask": LINE, "options": Rows(OPTION, 9, least=2)},
    {"by_agent": Rows(OPTION, 9)},
)
MATERIAL = _record(
    {
        "id": Text(4, pattern=MATERIAL_ID),
        "name": LINE,
        "form": Choice(tuple(MaterialForm)),
        "orig": Whole(0, 20),
        "copies": Whole(0, 20),
        "necessity": Choice(tuple(Necessity)),
        "source": Choice(tuple(Source)),
        "defects": Rows(_record({"what": LINE}, {"fix": LINE}), 30),
    },
    {
        "when": Text(300),
        "one_of": Text(3, pattern=GROUP_ID),
        "share": Flag(),
        "identity": Flag(),
        "template": _record({"blank": Flag(), "sample": Flag()}),
        "issuer": LINE,
        "accept": Rows(LINE, 30),
        "detail": Table(LINE, 20, key=OPTION.pattern or ""),
    },
)
FORM_FIELD = _record(
    {
        "type": Choice(("string",)),
        "title": Text(50),
        "x-short": Text(12),
        "x-order": Whole(1, 200),
        "maxLength": Whole(1, 2000),
    },
    {
        "minLength": Whole(0, 2000),
        "pattern": Text(100),
        "enum": Rows(Text(60), 50, least=1),
        "default": Text(60),
        "x-prefill": Text(50, pattern=rf"(applicant|agent|guardian|organisation|situation)\.{NAME}"),
        "x-check": Choice(tuple(FieldCheck)),
        "x-help": Text(60),
    },
)
FORM = _record(
    {
        "type": Choice(("object",)),
        "title": LINE,
        "additionalProperties": Flag(only=False),
        "required": Rows(Text(32, pattern=NAME), 100),
        "properties": Table(FORM_FIELD, 100, key=NAME, least=1),
    }
)
STATUTORY_LIMIT = _record(
    {"days": Whole(0, 1000, nullable=True), "unit": UNIT, "from": LINE, "basis": PARAGRAPH},
    {"extension": _record({"days": Whole(1, 1000), "unit": UNIT, "approver": LINE})},
)
FEE = _record(
    {"charge": Flag(), "basis": PARAGRAPH},
    {"rules": Rows(_record({"id": LINE, "name": LINE, "fen": Whole(1, 10**12), "per": LINE, "basis": PARAGRAPH}), 50)},
)
FORM_REF = _record({"file": Text(60, pattern=r"[a-z0-9-]{1,50}\.tpl"), "sha256": Text(64, pattern=r"[0-9a-f]{64}")})
FEE_WAIVER = _record(
    {"id": LINE, "name": LINE, "percent": Whole(1, 100), "law": Text(20, pattern=LAW_ID), "article": LINE}
)
EXCLUSION = _record(
    {"case": LINE, "tell": LINE, "ground": Text(20, pattern=r"32\(1\)\([12]\)")},
    {"when": Text(300), "basis": PARAGRAPH},
)
PUBLISHED_REFUSAL = _record({"case": LINE, "tell": LINE, "law": Text(20, pattern=LAW_ID), "article": LINE})
ITEM = Record(
    {
        "id": Text(20, pattern=ITEM_ID),
        "name": LINE,
        "short": Text(6),
        "code31": Text(60),
        "type": LINE,
        "case_type": Choice(tuple(CaseType)),
        "department": Text(10, pattern=DEPARTMENT_ID),
        "level": LINE,
        "served": LINE,
        "delegated": Choice(tuple(Authority)),
        "doc_prefix": Text(8),
        "legal_basis": Disclosed(Rows(CITATION, 30), "设定依据"),
        "conditions": Disclosed(Rows(PARAGRAPH, 50), "受理条件"),
        "situations": Rows(SITUATION, 12),
        "materials": Rows(MATERIAL, 60, least=1),
        "form": FORM,
        "supplement_mode": Choice(tuple(SupplementMode)),
        "statutory_limit": Disclosed(STATUTORY_LIMIT, "法定办结时限"),
        "promised_limit": Disclosed(_record({"days": Whole(0, 1000), "unit": UNIT}), "承诺办结时限"),
        "fee": Disclosed(FEE, "收费标准"),
        "steps": Disclosed(
            Rows(_record({"n": Whole(1, 50), "name": LINE, "role": LINE, "limit": Text(30, blank=True)}), 50),
            "办理程序",
        ),
        "result": _record({"name": LINE, "kind": LINE, "electronic": Flag(), "validity": LINE}),
        "remedy": Text(32, pattern=NAME),
    },
    {
        "special_procedures": Rows(_record({"name": LINE, "counts": Flag()}, {"basis": PARAGRAPH}), 20),
        "not_needed_when": Rows(EXCLUSION, 20),
        "not_ours_when": Rows(EXCLUSION, 20),
        "refused_when": Rows(PUBLISHED_REFUSAL, 8),
        "fee_waivers": Rows(FEE_WAIVER, 8),
        "form_files": Table(_record({}, {"blank": FORM_REF, "sample": FORM_REF}), 60, key=MATERIAL_ID),
        "any_of_groups": Table(_record({"min": Whole(1, 1), "basis": PARAGRAPH}), 20, key=GROUP_ID),
        "next": Rows(_record({"when": LINE}, {"do": LINE, "item": Text(20), "window": Text(3, pattern=WINDOW)}), 20),
        "flags": Rows(Text(20), 10),
        "pii": Rows(Text(50), 30),
        "guide_department": Text(10, pattern=DEPARTMENT_ID),
        "intake": Text(10, pattern=DEPARTMENT_ID),
        "supplement_days": Whole(1, 366),
        "deferral_days": Whole(1, 366),
        "pinyin": Rows(Text(200, pattern=r"[a-z]+( [a-z]+)*"), 5),
        "type_note": PARAGRAPH,
        "national": Table(PARAGRAPH, 60, key=r"[^\s\[\]=]{1,20}"),
        "certainty": Record({"overall": CERTAINTY, "weak": Rows(LINE, 30)}),
    },
)
DOCUMENT = Record(
    {
        "version": Whole(1, 10**9),
        "effective_from": DATE,
        "center": CENTER,
        "laws": Rows(LAW, 1000, least=1),
        "departments": Rows(DEPARTMENT, 200, least=1),
        "windows": Rows(WINDOW_GROUP, 200, least=1),
        "businesses": Rows(BUSINESS, 23, least=1),
        "priorities": Rows(PRIORITY, 20),
        "staff": Rows(STAFF, 2000),
        "remedies": Table(REMEDY, 20, key=NAME, least=1),
        "items": Rows(ITEM, 500, least=1),
    },
    {"queue": QUEUE, "floor": FLOOR, "cards": CARDS, "themes": THEMES},
)

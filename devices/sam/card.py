"""The 256 text bytes of a card and the ``IdCard`` they mean, both ways, for all four documents."""

import codecs
import logging
from collections.abc import Callable
from datetime import date

from app.domain.id_card import CardType, IdCard, Sex
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

log = logging.getLogger(__name__)

codecs.lookup("utf-16-le")  # loads it now, which beside Qt takes long: the first citizen's card does not wait for it

TEXT_SIZE = 256
TYPE_AT = 248
LONG_TERM = "长期"

Layout = dict[str, tuple[int, int]]
"""Field name → (offset, size) in bytes of UTF-16LE."""

_RESIDENT: Layout = {
    "name": (0, 30),
    "sex": (30, 2),
    "ethnicity": (32, 4),
    "birth": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "issuer": (158, 30),
    "start": (188, 16),
    "end": (204, 16),
}
_HMT: Layout = {key: place for key, place in _RESIDENT.items() if key != "ethnicity"} | {
    "pass_number": (220, 18),
    "issue_count": (238, 4),
}
_FOREIGNER_2017: Layout = {
    "english_name": (0, 120),
    "sex": (120, 2),
    "number": (122, 30),
    "nationality": (152, 6),
    "name": (158, 30),
    "start": (188, 16),
    "end": (204, 16),
    "birth": (220, 16),
    "issuer": (240, 8),
}
# From a single source: check against a real card.
_FOREIGNER_2023: Layout = {
    "name": (0, 30),
    "sex": (30, 2),
    "birth": (36, 16),
    "english_name": (52, 70),
    "number": (122, 36),
    "start": (188, 16),
    "end": (204, 16),
    "english_name_rest": (220, 22),
    "nationality": (242, 6),
}
_LAYOUTS = {
    " ": (CardType.RESIDENT, _RESIDENT),
    "J": (CardType.HMT, _HMT),
    "I": (CardType.FOREIGNER_2017, _FOREIGNER_2017),
    "Y": (CardType.FOREIGNER_2023, _FOREIGNER_2023),
}
_MARKS = {card_type: (mark, layout) for mark, (card_type, layout) in _LAYOUTS.items()}


def decode(block: bytes) -> IdCard:
    """Return what the text block of a card says.

    Raises:
        DeviceError: ``CARD_TYPE`` for a mark no document lists; ``CARD_DATA`` when it is not 256 bytes of UTF-16 or a
            date, the sex or the issue count make no sense.
    """
    if len(block) != TEXT_SIZE:
        raise DeviceError(FaultReason.CARD_DATA, f"text block of {len(block)} bytes")
    mark = block[TYPE_AT : TYPE_AT + 2].decode("utf-16-le", errors="replace").replace("\0", " ")
    if mark not in _LAYOUTS:
        raise DeviceError(FaultReason.CARD_TYPE)
    card_type, layout = _LAYOUTS[mark]
    try:
        card = _card(card_type, lambda field: _text(block, layout, field))
    except ValueError:
        # The cause would carry the card's text into a traceback.
        raise DeviceError(FaultReason.CARD_DATA, f"type={card_type}") from None
    if card.has_private_use_characters:
        log.info("private_use_character type=%s", card_type)
    return card


def encode(card: IdCard) -> bytes:
    """Return the text block a card with these data carries; reserved fields are blank.

    Raises:
        ValueError: a text is longer than its field.
    """
    mark, layout = _MARKS[card.type]
    split = layout["english_name"][1] // 2 if "english_name_rest" in layout else len(card.english_name)
    values = {
        "name": "" if card.name == card.english_name else card.name,
        "sex": card.sex,
        "ethnicity": card.ethnicity,
        "birth": _digits(card.birth_date),
        "address": card.address,
        "number": card.number,
        "issuer": card.issuer,
        "start": _digits(card.valid_from),
        "end": LONG_TERM if card.valid_to is None else _digits(card.valid_to),
        "pass_number": card.pass_number,
        "issue_count": "" if card.issue_count is None else f"{card.issue_count:02}",
        "english_name": card.english_name[:split],
        "english_name_rest": card.english_name[split:],
        "nationality": card.nationality,
    }
    block = bytearray(" ".encode("utf-16-le") * (TEXT_SIZE // 2))
    for field, (offset, size) in layout.items():
        data = values[field].encode("utf-16-le")
        if len(data) > size:
            raise ValueError(f"{field} is longer than {size // 2} characters")
        block[offset : offset + len(data)] = data
    block[TYPE_AT : TYPE_AT + 2] = mark.encode("utf-16-le")
    return bytes(block)


def _card(card_type: CardType, text: Callable[[str], str]) -> IdCard:
    first_part = _FOREIGNER_2023["english_name"][1] // 2
    english_name = (text("english_name").ljust(first_part) + text("english_name_rest")).rstrip()
    issue_count = text("issue_count")
    end = text("end")
    return IdCard(
        type=card_type,
        name=text("name") or english_name,
        sex=Sex(text("sex")),
        birth_date=_date(text("birth")),
        number=text("number"),
        valid_from=_date(text("start")),
        valid_to=None if end == LONG_TERM else _date(end),
        ethnicity=text("ethnicity"),
        address=text("address"),
        issuer=text("issuer"),
        pass_number=text("pass_number"),
        issue_count=int(issue_count) if issue_count else None,
        english_name=english_name,
        nationality=text("nationality"),
    )


def _text(block: bytes, layout: Layout, field: str) -> str:
    if field not in layout:
        return ""
    offset, size = layout[field]
    text = block[offset : offset + size].decode("utf-16-le").rstrip(" \0")
    if min(text, default=" ") < " ":
        raise ValueError("control character")
    return text


def _date(text: str) -> date:
    if not (len(text) == len("YYYYMMDD") and text.isascii() and text.isdigit()):
        raise ValueError("not a date")
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")

"""The law library as shown: the item's laws first, how each stands today, the texts that were loaded (I14)."""

from datetime import date

from app.domain.business_day import business_date
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.library import LibraryEntry, Standing, cited_by, standing
from app.domain.catalogue.validity import lapse_of, successor_of
from ui.screens.counter.state import CounterState
from ui.screens.laws.state import LawsState
from ui.screens.laws.view_model import LawDetailView, LawRowView, LawsView
from ui.texts import text
from ui.widgets.views import Tag, Tone

MOST_ROWS = 80
"""More than anybody reads; whoever wants another law types one letter more."""
_TAGS = {
    Standing.IN_FORCE: Tag("现行", Tone.OK),
    Standing.EXPIRED: Tag("已失效", Tone.ERR),
    Standing.NOT_YET: Tag("未施行", Tone.WARN),
}


def current_item(state: CounterState) -> Item | None:
    """Return the item on the page, or of the case this visit ended in."""
    if state.card is not None and state.card.item is not None:
        return state.card.item
    if state.issued is not None and state.catalogue is not None:
        return state.catalogue.items.get(state.issued.item_id)
    return None


def lapse_line(state: CounterState) -> str:
    """Return why the item on the page is locked and what to do; empty while all it rests on is in force (I15)."""
    item = current_item(state)
    if item is None or state.catalogue is None or state.issued is not None:
        return ""
    lapse = lapse_of(state.catalogue, item, business_date(state.now_ms))
    if lapse is None:
        return ""
    day = lapse.law.expires
    if day is None or day > business_date(state.now_ms):
        return text("item_law_not_yet", law=lapse.law.title, on=lapse.law.effective)
    if lapse.successor is None:
        return text("item_law_ended", law=lapse.law.title, on=day)
    return text("item_law_replaced", law=lapse.law.title, on=day, successor=lapse.successor.title)


def entries(state: CounterState, open_: LawsState) -> tuple[LibraryEntry, ...]:
    """Return the rows: what was searched for, else what the item cites and then every other law."""
    if open_.typed:
        return open_.index.find(open_.typed)[:MOST_ROWS] if open_.index is not None else ()
    item = state.catalogue.items.get(open_.item_id) if state.catalogue is not None else None
    cited = cited_by(item, state.catalogue) if item is not None and state.catalogue is not None else ()
    known = {each.law.id for each in cited}
    others = open_.index.find("") if open_.index is not None else ()
    return (*cited, *(each for each in others if each.law.id not in known))[:MOST_ROWS]


def laws_view(state: CounterState, open_: LawsState) -> LawsView:
    """Return the page."""
    shown, today = entries(state, open_), business_date(state.now_ms)
    catalogue = state.catalogue
    item = catalogue.items.get(open_.item_id) if catalogue is not None else None
    at = max(0, min(open_.at, len(shown) - 1))
    title = f"{item.name}的设定依据在前，其余法规在后" if item is not None else "中心的法规库"
    return LawsView(
        title=title if not open_.typed else f"找到 {len(shown)} 部",
        typed=open_.typed,
        rows=tuple(_row(each, today) for each in shown),
        at=at,
        back="回到办件" if state.visit is not None else "回到叫号",
        empty="" if not open_.typed or open_.index is None else f"没找到“{open_.typed}”。试试名称里的两个字",
        detail=_detail(shown[at], catalogue, today) if shown and catalogue is not None else None,
    )


def _row(entry: LibraryEntry, today: date) -> LawRowView:
    law = entry.law
    begun = f"{_day(law.effective)}施行" if law.effective is not None else ""
    return LawRowView(law.title, entry.cited or law.doc_no or begun, _TAGS[standing(law, today)])


def _detail(entry: LibraryEntry, catalogue: Catalogue, today: date) -> LawDetailView:
    law, successor = entry.law, successor_of(catalogue, entry.law)
    facts = (
        ("文号", law.doc_no),
        ("施行", _day(law.effective)),
        ("修改", _day(law.amended)),
        ("失效", _day(law.expires)),
        ("现行的是", f"《{successor.title}》" if successor is not None else ""),
        ("引用条款", entry.cited),
    )
    return LawDetailView(
        title=law.title,
        tag=_TAGS[standing(law, today)],
        facts=tuple((label, value) for label, value in facts if value),
        gist=f"要点：{entry.gist}" if entry.gist else "",
        articles=tuple((each.number, each.text) for each in entry.texts),
        missing=_missing(entry),
    )


def _missing(entry: LibraryEntry) -> str:
    if entry.missing:
        return text("law_text_missing", articles="、".join(entry.missing))
    return "" if entry.texts else text("law_text_none")


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"

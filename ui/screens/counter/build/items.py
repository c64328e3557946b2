"""The inside of section 1: the items the ticket may mean, or what a search found."""

from app.domain.catalogue.changes import Change, ChangeKind
from app.domain.catalogue.item import Item
from app.domain.catalogue.search import Hit
from app.domain.work.card import WorkCard
from ui.screens.counter.build import wording
from ui.screens.counter.state import CounterState
from ui.texts import text
from ui.widgets.views import KeyHintView, NoteView, Tone
from ui.widgets.work_views import ItemsView, OptionView


def hits_of(state: CounterState) -> tuple[Hit, ...] | None:
    """Return what is found for the letters typed; None while nothing is searched for."""
    search, visit, catalogue = state.item_search, state.visit, state.catalogue
    if search is None or visit is None or catalogue is None or search.visit_id != visit.visit_id:
        return None
    if state.item_index is None:
        return ()
    here = {each.id for each in catalogue.items_at_window(state.window)}
    return state.item_index[1].find(search.typed, here, state.item_choices)


def items_view(state: CounterState, card: WorkCard) -> ItemsView:
    """Return the list of items with its search line."""
    hits = hits_of(state)
    if hits is None or state.item_search is None:
        first = card.item if card.item in card.candidates else next(iter(card.candidates), None)
        return ItemsView(tuple(OptionView(each.name, promise(each), each is first) for each in card.candidates))
    at = state.item_search.at
    return ItemsView(
        tuple(_option(state, hit, taken=n == at) for n, hit in enumerate(hits)),
        typed=state.item_search.typed,
        note="" if hits else "正在找" if state.item_index is None else "没找到，试试事项名称的拼音首字母或汉字",
    )


def changed_note(state: CounterState, card: WorkCard) -> NoteView | None:
    """Return the yellow lines of what changed in the guide; None once the clerk has taken the item again."""
    if card.known_version is None:
        return None
    items = (card.item,) if card.item is not None else card.candidates
    lines = [_changed(each, state.item_changes.get(each.id, ())) for each in items]
    gone = [
        text(each.kind.value, **each.values)
        for told in state.item_changes.values()
        for each in told
        if each.kind is ChangeKind.WITHDRAWN
    ]
    said = [each for each in (*lines, *gone) if each]
    if not said:
        return None
    told = "取号以后办事指南改了，请向群众说明，选定后照新的办："
    if card.item is not None:
        told = "办事指南改了，请向群众说明，按 Enter 照新的办："
    return NoteView("ph.warning", Tone.WARN, ((told,), *((each,) for each in said)))


def _changed(item: Item, told: tuple[Change, ...]) -> str:
    return f"{item.short}：{'；'.join(text(each.kind.value, **each.values) for each in told)}" if told else ""


def item_hints(state: CounterState, card: WorkCard) -> tuple[KeyHintView, ...]:
    """Return the keys of section 1."""
    hits = hits_of(state)
    if hits is not None:
        return (
            KeyHintView("↑↓", "移动"),
            KeyHintView("Enter", "选定"),
            KeyHintView("Esc", "不找了"),
        )
    most = min(9, len(card.candidates))
    return (
        KeyHintView("Enter", "照新的办" if card.known_version is not None else "还是这一项" if card.item else "第一项"),
        *((KeyHintView(f"1–{most}", "选择"),) if most > 1 else ()),
        KeyHintView("a–z", "拼音找事项"),
    )


def promise(item: Item) -> str:
    """Return the limits and the fee of an item in one line."""
    promised = wording.limit(item.promised_limit.days, item.promised_limit.unit.value)
    statutory = wording.limit(item.statutory_limit.days, item.statutory_limit.unit.value)
    words = "当场办结" if promised == "当场" else f"承诺 {promised}"
    if statutory and statutory != promised:
        words += f"，法定 {statutory}"
    return f"{words} · {'收费' if item.fee.charge else '不收费'}"


def _option(state: CounterState, hit: Hit, *, taken: bool) -> OptionView:
    if hit.here:
        return OptionView(hit.item.name, promise(hit.item), suggested=taken)
    return OptionView(hit.item.name, _elsewhere(state, hit.item), enabled=False)


def _elsewhere(state: CounterState, item: Item) -> str:
    """Say which windows serve an item that this one does not."""
    windows = state.catalogue.windows if state.catalogue else {}
    serving = [each.number for each in windows.values() if item.id in each.items]
    if not serving:
        return "本窗口不办"
    return f"到 {serving[0]}–{serving[-1]} 窗口办" if len(serving) > 1 else f"到 {serving[0]} 窗口办"

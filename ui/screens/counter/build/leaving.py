"""The handover as shown: what is not done, who gets it, and the sheet that will print."""

from app.domain.business_day import business_date
from app.domain.case import Case
from app.domain.handover import SPECIAL_WORDS, Entry, EntryKind
from app.domain.masking import mask_name
from ui.screens.counter.build import wording
from ui.screens.counter.build.idle import due_view
from ui.screens.counter.build.top import devices
from ui.screens.counter.build.ways_out import before_handing_over
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.handover.state import HandoverState
from ui.screens.handover.view_model import EntryView, HandoverView
from ui.texts import text
from ui.widgets.slip_views import AfterView, PrimaryView, SlipView
from ui.widgets.views import DeviceState, DueLevel, IconLine, KeyHintView, NowView, Tag, Tone

_NOT_DUE = {EntryKind.CASE: "—", EntryKind.TICKET: "挂起", EntryKind.ORIGINAL: "盖章", EntryKind.CONTACT: "答复"}
_TONES = {DueLevel.RED: Tone.ERR, DueLevel.YELLOW: Tone.WARN}
LEAVING = NowView(caption="当前", timer="", headline="交班中", hint=KeyHintView("Esc", "回到叫号"))
_OUTCOMES = {"accepted": "受理", "completed": "当场办结", "noticed": "一次性告知", "refused": "不予受理"}


def handover_view(state: CounterState, handing: HandoverState) -> HandoverView:
    """Return the page."""
    sheet = handing.sheet
    owners = handing.owners()
    open_n = len(sheet.ownerless)
    done = len(sheet.entries) - open_n
    clerk = state.clerk
    cases = {each.case_id: each for each in handing.cases}
    return HandoverView(
        who=f"{clerk.name if clerk else ''}　{state.window} 窗口　{wording.clock(state.now_ms)}",
        heirs=tuple(f"{each.name} {each.number} · {'、'.join(each.windows[:2])}" for each in handing.colleagues),
        heir=handing.heir,
        begins=f"{wording.day(business_date(state.now_ms))} {wording.clock(state.now_ms)}",
        ends="接班的人办完为止",
        settled=handing.settled,
        progress=Tag(f"{done}/{len(sheet.entries)} 已落实", Tone.WARN if open_n else Tone.OK),
        owners=tuple(_name(state, each) for each in owners),
        entries=tuple(_entry(state, each, owners, cases.get(each.entity_id)) for each in sheet.entries),
        at=handing.at,
        stock=(
            ("originals", "实物", sheet.stock.originals),
            ("seals", "印章", sheet.stock.seals),
            ("blanks", "空白证照、票据", sheet.stock.blanks),
            ("devices", "下班检查", sheet.stock.devices),
        ),
        facts=(
            *((_OUTCOMES.get(name, name), str(count)) for name, count in handing.figures if name in _OUTCOMES),
            ("今日办件", str(state.done_today[0])),
            ("待同步", str(state.link.pending)),
        ),
        empty="没有没办完的件，可以直接交班",
        blocked=_blocked(state, handing),
        message=text(handing.message, incident=state.incident) if handing.message else "",
    )


def handover_slip(state: CounterState, handing: HandoverState) -> SlipView:
    """Return the right pane: the sheet, and what F10 will do."""
    ready = not handing.sheet.ownerless and not handing.sheet.unexplained
    heir = f"{_name(state, handing.heir_number)} " if handing.heir_number else "接班的人"
    printer = state.devices.get("printer")
    fine = printer is None or printer.state is DeviceState.OK
    return SlipView(
        kind="交接单",
        title="单据预览",
        tag=Tag("将出：交接单", Tone.OFF),
        status=IconLine("ph.printer", "热敏 80 mm · 就绪" if fine else text(_reason(printer)), _tone(printer)),
        paper=handing.paper.image if handing.paper else None,
        paper_key=handing.paper.key if handing.paper else "",
        fault=before_handing_over(state) if handing.ways else None,
        after=AfterView(
            "完成以后",
            (
                IconLine("ph.users", f"{heir}在本窗口登录，第一屏就是交接过来的件"),
                IconLine("ph.printer", "打印交接单 1 份，交值班长留存"),
                IconLine("ph.power", "本机回到登录画面"),
            ),
        ),
        foot=IconLine("ph.check-circle", "都有着落了", Tone.OK) if ready else IconLine("ph.info", _left(handing)),
        primary=PrimaryView("完成交班", "act_accept", ready),
    )


def _left(handing: HandoverState) -> str:
    """Say what still keeps the shift from ending."""
    ownerless, instant = len(handing.sheet.ownerless), len(handing.sheet.unexplained)
    return f"还有 {ownerless} 件没着落" if ownerless else f"还有 {instant} 件即办件没选特殊情况"


def _reason(status: DeviceStatus | None) -> str:
    return status.reason if status else ""


def _tone(status: DeviceStatus | None) -> Tone:
    if status is None or status.state is DeviceState.OK:
        return Tone.PLAIN
    return Tone.ERR if status.state is DeviceState.FAULT else Tone.WARN


def _name(state: CounterState, number: str) -> str:
    if state.clerk is not None and number == state.clerk.number:
        return "我自己"
    person = state.catalogue.staff.get(number) if state.catalogue else None
    return f"{person.name} {number}" if person else number


def _entry(state: CounterState, entry: Entry, owners: tuple[str, ...], case: Case | None) -> EntryView:
    clock = (
        due_view(case, business_date(state.now_ms), state.calendar, state.lights) if case and state.calendar else None
    )
    name = mask_name(str(case.applicant.get("name", ""))) if case else ""
    if entry.kind is EntryKind.TICKET:
        title, detail = f"{entry.item}　号 {entry.number}", "挂起未取回"
    elif entry.kind is EntryKind.ORIGINAL:
        title, detail = f"{entry.item}　正本", f"{entry.number} · 未盖章"
    elif entry.kind is EntryKind.CONTACT:
        title, detail = entry.item, f"{entry.number} · 最迟 {entry.due} 答复"
    else:
        title = f"{entry.item}　{name}".strip("　")
        stands = f"{entry.number} · {text(f'case_{case.state.value}')}" if case else entry.number
        detail = f"{_special(entry)} · {stands}" if entry.instant else stands
    return EntryView(
        key=entry.number,
        due_text=clock[1] if clock else _NOT_DUE[entry.kind],
        due=clock[0] if clock else None,
        due_tone=_TONES.get(clock[0].level, Tone.PLAIN) if clock else Tone.PLAIN,
        title=title,
        detail=detail,
        owner=owners.index(entry.owner) if entry.owner in owners else -1,
        note=entry.note,
    )


def _special(entry: Entry) -> str:
    """Return why an instant case stays open, or which key says so (domain rule I05)."""
    return SPECIAL_WORDS[entry.special] if entry.special else "即办件，按 / 选特殊情况"


def _blocked(state: CounterState, handing: HandoverState) -> str:
    rest = handing.sheet.ownerless
    if not rest:
        return text("instant_open") if handing.sheet.unexplained else ""
    first = rest[0]
    what = f"{first.number} {_NOT_DUE[first.kind]}" if first.kind is not EntryKind.CASE else first.item
    heir = _name(state, handing.heir_number) if handing.heir_number else "同事"
    return f"还有 {len(rest)} 件没着落：{what}。选“交给{heir}”或“我自己”，才能完成交班。"


def device_words(state: CounterState) -> str:
    """Return how the devices stand, in one line for the sheet."""
    shown = devices(state)
    bad = [f"{each.name}{each.text}" for each in shown if each.state is not DeviceState.OK]
    return "；".join(bad) if bad else f"{'、'.join(each.name for each in shown)}正常" if shown else ""

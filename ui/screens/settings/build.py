"""The settings window as a pure function of what is known."""

from devices.found import Found, Looks
from ui.screens.floor.build.top import date_words, local
from ui.screens.floor.view_model import FloorTopView, SheetRow, SheetView, StripView
from ui.screens.settings.fields import DEVICES, DeviceSpec, FieldSpec
from ui.screens.settings.help import HELP
from ui.screens.settings.parts import FrameShown, Looked
from ui.screens.settings.state import SettingsState
from ui.screens.settings.view_model import DeviceRowView, FieldRowView, SettingsView
from ui.texts import text
from ui.widgets.slip_views import SlipView
from ui.widgets.views import DeviceState, IconLine, SyncState, SyncView, Tag, Tone

_TAGS = {
    DeviceState.OK: Tag("好", Tone.OK),
    DeviceState.WARN: Tag("要留意", Tone.WARN),
    DeviceState.FAULT: Tag("要处理", Tone.ERR),
}
_TONES = {DeviceState.OK: Tone.OK, DeviceState.WARN: Tone.WARN, DeviceState.FAULT: Tone.ERR}
_FITS = {
    "printer": (Looks.PRINTER,),
    "printer.other": (Looks.PRINTER,),
    "reader": (Looks.READER, Looks.ADAPTER, Looks.PORT, Looks.SCANNER),
    "scanner": (Looks.SCANNER, Looks.ADAPTER, Looks.PORT),
    "display": (Looks.ADAPTER, Looks.PORT, Looks.SCANNER),
    "evaluator": (Looks.ADAPTER, Looks.PORT, Looks.SCANNER),
}
_FOUND_WIDTHS = (34, 40, 26)
_FRAME_WIDTHS = (8, 30, 62)


def build(state: SettingsState) -> SettingsView:
    """Return everything the window shows."""
    device = state.device
    return SettingsView(
        ui_state=_ui_state(state),
        top=_top(state),
        devices=tuple(_device(state, n, each) for n, each in enumerate(DEVICES)),
        title=device.name,
        note=f"F8 {device.trial}",
        fields=tuple(
            FieldRowView(spec.label, state.value(spec) or _unset(spec), spec.note, chosen=spec is state.chosen)
            for spec in device.fields
        ),
        beside=_frame(state.frame) if state.frame is not None else _found(state),
        slip=_slip(state),
        keys=_keys(state),
        lit="act_help" if state.helping else "act_names" if state.draft and state.draft.field is None else "",
        strip=_strip(state),
        message=_message(state),
        sheet=HELP if state.helping else None,
    )


def _unset(spec: FieldSpec) -> str:
    return "没有设置" if spec.frame or spec.key in ("url", "template", "folder", "name") else "按默认"


def types(state: SettingsState) -> bool:
    """Say whether the scanner of these settings types like a keyboard."""
    return state.values.get(("scanner", "wedge")) == "true"


def fitting(state: SettingsState) -> tuple[str, ...]:
    """Return the addresses that were found and may be the chosen device's."""
    kinds = _FITS.get(state.device.table, ())
    fits = tuple(each.address for each in state.found or () if each.looks in kinds)
    if state.device.table not in ("printer", "printer.other"):
        return fits
    lines = (each.address for each in state.found or () if each.looks in (Looks.ADAPTER, Looks.PORT))
    return (*fits, *(f"serial://{address}" for address in lines))


def _ui_state(state: SettingsState) -> str:
    if not state.live:
        return "opening"
    if state.draft is not None:
        return f"typing.{state.draft.field.key}" if state.draft.field is not None else "typing.names"
    return "help" if state.helping else f"settings.{state.device.table}"


def _keys(state: SettingsState) -> tuple[str, ...]:
    if not state.live:
        return ()
    if state.draft is not None:
        return () if state.draft.field is None or state.draft.field.frame else ("act_nextValue", "act_find")
    free = () if state.busy else ("act_checkAll", "act_reprint")
    save = ("act_save",) if state.changed else ()
    return ("act_help", "act_nextValue", "act_find", "act_names", "act_up", "act_down", *free, *save)


def _top(state: SettingsState) -> FloorTopView:
    now = local(state.now_ms)
    words = SyncView(SyncState.ATTENTION, "没有保存") if state.changed else SyncView(SyncState.SYNCED, "已保存")
    return FloorTopView(
        clock=f"{now:%H:%M}", date=date_words(now), hall="", chips=(), sync=words, manager=state.who
    )  # fmt: skip


def _device(state: SettingsState, place: int, device: DeviceSpec) -> DeviceRowView:
    looked = state.looked.get(device.table)
    address = state.values.get(device.address, "")
    if not address and device.table == "evaluator" and state.values.get((device.table, "screen")):
        address = f"第 {state.values[(device.table, 'screen')]} 块屏幕"
    if not address and device.table == "scanner" and types(state):
        address = "键盘口，像键盘一样打字"
    if device.table in state.busy:
        tag = Tag("正在看", Tone.PRI)
    elif looked is not None and address:
        tag = _TAGS[looked.state]
    else:
        tag = Tag("没有看过" if address else "没有")
    return DeviceRowView(str(place + 1), device.name, address or "没有设置", tag, chosen=place == state.at)


def _found(state: SettingsState) -> SheetView:
    return SheetView(
        title="接着的设备",
        note="F4 把合适的填到地址里" if fitting(state) else "",
        header=("地址", "像什么", "型号"),
        widths=_FOUND_WIDTHS,
        rows=tuple(
            _found_row(each, fits=any(one.endswith(each.address) for one in fitting(state)))
            for each in state.found or ()
        ),
        empty="没有找到。网络打印机不会列出，请照它的设置单填" if state.found is not None else "按 F5 找一遍",
    )


def _found_row(each: Found, *, fits: bool) -> SheetRow:
    what = text(each.looks) if each.open_to_us else text("looks_closed")
    return SheetRow((each.address, what, each.name), Tone.PRI if fits else Tone.PLAIN)


def _frame(frame: FrameShown) -> SheetView:
    """Return the bytes of the frame, piece by piece."""
    rows = tuple(SheetRow((str(each.number), each.hex, each.words), Tone.PRI) for each in frame.lines)
    return SheetView(
        title=frame.hex or "看不懂这一行",
        note="叫 A023 时发出的字节" if frame.hex else "",
        header=("段", "字节", "内容"),
        widths=_FRAME_WIDTHS,
        rows=rows,
        empty="改好以后，这里是每一段的字节",
    )


def _strip(state: SettingsState) -> StripView | None:
    draft = state.draft
    if draft is None:
        return None
    hints: tuple[tuple[str, str], ...] = (("Enter", "改好了"),)
    if draft.field is None:
        return StripView("试打的字", hints=hints, editor=draft.text)
    if not draft.field.frame:
        hints = (*hints, ("F4", "换一个值"))
    return StripView(f"{state.device.name} · {draft.field.label}", hints=hints, editor=draft.text)


def _message(state: SettingsState) -> str:
    """Return the one sentence above the keys: what is wrong first, what was done last."""
    if state.message:
        return text(state.message, place=state.place, incident=state.place)
    if state.draft is not None and state.draft.field is not None and state.draft.field.frame:
        return state.frame.error if state.frame is not None else ""
    if state.wrong:
        return state.wrong
    looked = state.looked.get(state.device.table)
    if state.device.table in state.busy:
        return text("settings_trying", trial=state.device.trial)
    return state.said or (_sentence(looked) if looked is not None else "")


def _sentence(looked: Looked) -> str:
    return "。".join(filter(None, (looked.message, looked.advice))) + "。"


def _slip(state: SettingsState) -> SlipView:
    looked = state.looked.get("printer")
    tone = _TONES[looked.state] if looked is not None else Tone.PLAIN
    words = looked.message if looked is not None and looked.state is not DeviceState.OK else "热敏 80 mm"
    return SlipView(
        kind="试打单",
        title="试打单",
        tag=Tag("预览"),
        status=IconLine("ph.printer", words if len(words) <= 12 else _TAGS[looked.state].text, tone)  # noqa: PLR2004
        if looked is not None
        else IconLine("ph.printer", words),
        paper=state.paper,
        paper_key=state.paper_key,
        foot=IconLine("ph.info", "选中打印机按 F8 打一张；按 F6 换成本地的生僻字"),
    )

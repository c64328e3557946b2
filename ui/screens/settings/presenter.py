"""Turns the keys of the settings window into changes, looks and trials; what takes time runs off the GUI thread."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from typing_extensions import override

from app.domain.wedge import Pace
from app.ports.clock import Clock
from devices.found import Found
from ui.background import Background
from ui.pictures import image_of
from ui.screens.presenter import ScreenPresenter
from ui.screens.settings.bridge import SettingsBridge
from ui.screens.settings.build import build, fitting
from ui.screens.settings.fields import DEVICES, FieldSpec
from ui.screens.settings.keyboard_trial import KeyboardTrial
from ui.screens.settings.parts import Looked, SettingsParts
from ui.screens.settings.state import Draft, SettingsState
from ui.screens.settings.title import title
from ui.screens.settings.view import SettingsWindow

log = logging.getLogger(__name__)


class SettingsPresenter(ScreenPresenter[SettingsState]):
    """The one owner of the window's state; everything here runs on the GUI thread and none of it waits."""

    def __init__(self, window: SettingsWindow, bridge: SettingsBridge, clock: Clock) -> None:
        super().__init__(window, bridge.broken, SettingsState(clock.now_ms(), message="settings_opening"))
        self._window = window
        self._parts: SettingsParts | None = None
        self._working = Background(clock)
        self._drawing = Background(clock)
        self._clock = clock
        self._hearing: KeyboardTrial | None = None
        window.edited.connect(self._edited)
        window.row_pressed.connect(self._type)
        self._show()

    def begin(self, parts: SettingsParts) -> None:
        """The file is read: from now on it can be changed."""
        self._parts = parts
        self._tick.start()
        self.update(who=parts.who, live=True, message="", saved=parts.content, names=parts.names)
        self._take(parts.content)
        self._find()

    def close(self) -> None:
        """End the threads; a trial that is under way is waited for."""
        if self._hearing is not None:
            self._hearing.stop()
        self._working.close()
        self._drawing.close()

    def _take(self, content: str, **also: object) -> None:
        """Take over changed settings: their values, what is wrong with them, and the paper they would print."""
        parts = self._parts
        assert parts is not None
        before = self._state
        values = {
            (device.table, spec.key): parts.value(content, device.table, spec.key)
            for device in DEVICES
            for spec in device.fields
            if not spec.frame
        }
        self.update(content=content, values=values, wrong=parts.check(content), **also)
        self._show_frame()
        if before.paper is None or before.content != content or before.names != self._state.names:
            self._draw(parts)

    def _draw(self, parts: SettingsParts) -> None:
        key = f"{hash(self._state.content)}/{self._state.names}"
        work = partial(parts.paper, self._state.content, self._state.names)

        def came(bitmap: object) -> None:
            if bitmap is not None:
                self.update(paper=image_of(bitmap), paper_key=key)  # type: ignore[arg-type]

        self._drawing.run(work, came, lambda _incident: None)

    def _show_frame(self) -> None:
        """Read the frame of the display that is chosen; no other device has one."""
        parts, state = self._parts, self._state
        if parts is None:
            return
        template = state.values.get(("display", "template"), "")
        if state.device.table != "display" or not template:
            self.update(frame=None, frame_line="")
            return
        line = parts.frame_of(template)
        self.update(frame=parts.frame(template, line, self._address()), frame_line=line)

    def _address(self) -> int:
        said = self._state.values.get(("display", "address"), "")
        return int(said) if said.isascii() and said.isdecimal() else 0

    @override
    def _command(self, name: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "act_help": lambda: self.update(helping=not self._state.helping, draft=None),
            "act_up": lambda: self._move(-1),
            "act_down": lambda: self._move(1),
            "act_nextValue": self._next_value,
            "act_find": self._find,
            "act_names": lambda: self.update(draft=Draft(None, self._state.names), helping=False, said=""),
            "act_checkAll": self._look_at_all,
            "act_reprint": self._try,
            "act_save": self._save,
        }
        if self._parts is not None and name in acts:
            acts[name]()
        else:
            self._show()

    def _move(self, step: int) -> None:
        last = len(self._state.device.fields) - 1
        self.update(line=max(0, min(self._state.line + step, last)), message="")

    @override
    def _type(self, sign: str) -> None:
        if sign.isdecimal() and 0 < int(sign) <= len(DEVICES) and self._state.live and self._state.draft is None:
            self.update(at=int(sign) - 1, line=0, message="", said="", helping=False)
            self._show_frame()

    @override
    def _erase(self) -> None:
        """Nothing is typed outside the line that is being changed."""

    @override
    def _enter(self) -> None:
        state = self._state
        if state.draft is not None:
            self._keep(state.draft)
        elif state.live:
            self.update(draft=Draft(state.chosen, state.value(state.chosen)), message="", said="", helping=False)

    @override
    def _escape(self) -> None:
        self.update(draft=None, helping=False, message="", said="")
        self._show_frame()

    def _edited(self, text: str) -> None:
        """Take what the line holds now; a frame shows its bytes while it is typed."""
        draft, parts = self._state.draft, self._parts
        if draft is None or parts is None or draft.text == text:
            return
        self.update(draft=replace(draft, text=text))
        if draft.field is not None and draft.field.frame:
            template = self._state.values.get(("display", "template"), "")
            self.update(frame=parts.frame(template, text, self._address()))

    def _keep(self, draft: Draft) -> None:
        parts = self._parts
        assert parts is not None
        if draft.field is None:
            self._keep_names(parts, draft.text.strip() or self._state.names)
        elif draft.field.frame:
            self._keep_frame(parts, draft.text)
        else:
            self._set(draft.field, draft.text)

    def _keep_names(self, parts: SettingsParts, names: str) -> None:
        self.update(draft=None, names=names, message="", said="")
        try:
            parts.keep_names(names)
        except OSError:
            self.update(message="settings_not_written", place="rare-names.txt")
        self._take(self._state.content)

    def _set(self, spec: FieldSpec, value: str) -> None:
        """Change one value; what was seen of the device before is not true of it any more."""
        assert self._parts is not None
        table = self._state.device.table
        looked = {key: each for key, each in self._state.looked.items() if key != table}
        content = self._parts.change(self._state.content, table, spec.key, value)
        self._take(content, draft=None, looked=looked, said="", message="")

    def _keep_frame(self, parts: SettingsParts, line: str) -> None:
        """Keep a frame that can be read, in a template of one's own; any other stays open with its error."""
        if self._state.frame is None or self._state.frame.error:
            return
        template = self._state.values.get(("display", "template"), "")
        try:
            name = parts.keep_frame(template, line)
        except OSError:
            self.update(message="settings_not_written", place=template)
            return
        self._take(parts.change(self._state.content, "display", "template", name), draft=None)
        self.update(said=f"叫号帧写到 {name}")

    def _next_value(self) -> None:
        """Put the next value there may be: an address that was found, or one of a few."""
        parts, state = self._parts, self._state
        assert parts is not None
        spec = state.draft.field if state.draft is not None else state.chosen
        if spec is None or spec.frame:
            self._show()
            return
        there = fitting(state) if spec.key == "url" else tuple(parts.choices(state.device.table, spec.key))
        if not there:
            self.update(said="没有可换的，按 Enter 自己填")
            return
        now = state.draft.text if state.draft is not None else state.value(spec)
        following = there[(there.index(now) + 1) % len(there)] if now in there else there[0]
        if state.draft is None:
            self._set(spec, following)
        else:
            self.update(draft=replace(state.draft, text=following))
            self._window.fill(following)

    def _find(self) -> None:
        assert self._parts is not None
        self._working.run(self._parts.found, self._found, self._failed)
        self._show()

    def _found(self, found: tuple[Found, ...]) -> None:
        self.update(found=tuple(found))

    def _look_at_all(self) -> None:
        for device in DEVICES:
            if self._state.values.get(device.address) or self._state.values.get((device.table, "screen")):
                self._run(device.table, self._parts.look if self._parts is not None else None)
        self._show()

    def _try(self) -> None:
        parts, table = self._parts, self._state.device.table
        assert parts is not None
        names = self._state.names
        pace = parts.pace(self._state.content) if table == "scanner" else None
        if pace is not None and not self._state.values.get(("scanner", "url")):
            self._hear(pace)
            return
        self._run(table, lambda content, name: parts.attempt(content, name, names))

    def _hear(self, pace: Pace) -> None:
        """Listen for a scanner that types: it types into this window as into the counter's."""

        def told(looked: Looked) -> None:
            self._hearing = None
            self.update(looked={**self._state.looked, "scanner": looked}, busy=self._state.busy - {"scanner"})

        self.update(busy=self._state.busy | {"scanner"}, message="", said="", helping=False)
        self._hearing = KeyboardTrial(self._window, pace, self._clock, told)

    def _run(self, table: str, work: Callable[[str, str], Looked] | None) -> None:
        """Look at a device or try it; the keys for it are shut until the answer is there."""
        if work is None:
            return
        self.update(busy=self._state.busy | {table}, message="", said="", helping=False)

        def came(looked: Looked) -> None:
            log.info("settings.looked device=%s state=%s", table, looked.state)
            self.update(looked={**self._state.looked, table: looked}, busy=self._state.busy - {table})

        self._working.run(partial(work, self._state.content, table), came, self._failed)

    def _failed(self, incident: str) -> None:
        self.update(busy=frozenset(), message="incident", place=incident)

    def _save(self) -> None:
        assert self._parts is not None
        written, said = self._parts.save(self._state.content)
        self.update(said=said if written else "", wrong="" if written else said, helping=False)
        if written:
            self.update(saved=self._state.content)

    @override
    def _on_tick(self) -> None:
        if self._parts is not None:
            self.update(now_ms=self._parts.clock.now_ms())

    @override
    def _show(self) -> None:
        self._window.show_view(build(self._state))
        self._window.setWindowTitle(title(self._state))

"""Where a scanned copy goes: to the material that had the keyboard when its file came into the camera's folder."""

import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.scanned_copy import CopyPlace
from app.domain.visit import VisitState
from app.ports.camera import CameraBack, CameraEvent, CameraLost, CopyBegun, CopyLaneStands, CopyReady, CopyRefused
from app.usecases.attach_copy import attach_copy
from ui.screens.counter.acts import NotDone
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.counter.view import CounterWindow
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)

KEY: Final = "camera"
NO_ROW: Final = "copy_no_row"
NO_VISIT: Final = "copy_no_visit"


class Copies:
    """Listens to the camera on the GUI thread; lives as long as the presenter."""

    def __init__(self, presenter: "CounterPresenter", window: CounterWindow) -> None:
        self._presenter = presenter
        self._window = window
        self._targets: dict[str, CopyPlace | str] = {}
        """Where each file that was begun belongs, or the code of why it belongs nowhere."""
        self._folder: DeviceStatus | None = None
        self._lane: DeviceStatus | None = None

    def heard(self, event: CameraEvent) -> None:
        """Take what the camera tells."""
        match event:
            case CopyBegun(file):
                self._targets[file] = target(self._presenter.state, self._window.focused_material())
            case CopyReady():
                self._ready(event)
            case CopyRefused(file, fault):
                if self._targets.pop(file, NO_VISIT) != NO_VISIT:
                    self._say(fault.value)
            case CameraLost():
                self._folder = DeviceStatus(DeviceState.WARN, "camera_lost")
                self._stands()
            case CameraBack():
                self._folder = DeviceStatus()
                self._stands()
            case CopyLaneStands(code):
                self._lane = DeviceStatus(DeviceState.WARN, code) if code else None
                self._stands()

    def _ready(self, event: CopyReady) -> None:
        goes = self._targets.pop(event.file, NO_VISIT)
        if isinstance(goes, CopyPlace):
            self._presenter.aside(partial(_attach, goes=goes, event=event), self._attached)
        else:
            self._say(goes)

    def _attached(self, answer: object) -> None:
        if isinstance(answer, NotDone):
            self._say(answer.code)
        else:
            self._presenter.look()

    def _say(self, code: str) -> None:
        state = self._presenter.state
        log.info("copy.not_taken code=%s", code)
        if state.clerk is not None and not state.covered:
            self._presenter.update(message=code)

    def _stands(self) -> None:
        """Show the folder, and where that is well the lane to the server; a window without either shows nothing."""
        folder = self._folder
        status = folder if folder is not None and folder.state is not DeviceState.OK else self._lane or folder
        others = {key: each for key, each in self._presenter.state.devices.items() if key != KEY}
        self._presenter.update(devices=others if status is None else {**others, KEY: status})


def target(state: CounterState, row: int | None) -> CopyPlace | str:
    """Return the material of the row with the keyboard, from 0; else the code of why a copy goes nowhere."""
    card, visit = state.card, state.visit
    if state.clerk is None or state.covered or visit is None or visit.state is not VisitState.SERVING or card is None:
        return NO_VISIT
    lines = card.materials.lines
    if state.over is not None or row is None or not row < len(lines):
        return NO_ROW
    return CopyPlace(visit.visit_id, lines[row].material.id)


def _attach(parts: CounterParts, *, goes: CopyPlace, event: CopyReady) -> None:
    """Keep the copy; its file is deleted only when it lies in the encrypted store."""
    used = parts.disk_used()
    attach_copy(parts.store, parts.clock, goes, event.kind, event.content, by=parts.clerk, disk_used=used)
    parts.wake_sync()
    if parts.camera is not None:
        parts.camera.remove(event.file)

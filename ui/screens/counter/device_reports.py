"""Tells the floor manager that a device went out of work, and that it is back: once each."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from app.usecases.report_device import report_device
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import DeviceStatus
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

_WELL = DeviceStatus()


def report_changes(presenter: "CounterPresenter", before: Mapping[str, DeviceStatus]) -> None:
    """Record what changed between working and not working; a device that is merely worth a look is none of it."""
    for key, status in presenter.state.devices.items():
        was, now = _reason(before.get(key, _WELL)), _reason(status)
        if was != now:
            presenter.aside(partial(_report, device=key, reason=now))


def _reason(status: DeviceStatus) -> str:
    return status.reason if status.state is DeviceState.FAULT else ""


def _report(parts: CounterParts, *, device: str, reason: str) -> None:
    report_device(parts.store, parts.clerk, device, reason)
    parts.wake_sync()

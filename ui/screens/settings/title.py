"""The title of the settings window, for the task bar, screen readers and who looks from outside."""

from ui.screens.settings.state import SettingsState


def title(state: SettingsState) -> str:
    """Return for example ``设备设置 · 读卡器 · 没有保存 · 正在试``."""
    parts = ["设备设置", state.device.name]
    if state.changed:
        parts.append("没有保存")
    if state.busy:
        parts.append("正在看")
    return " · ".join(parts)

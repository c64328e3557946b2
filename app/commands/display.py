"""Whether a window can be shown: Qt itself would end the program without a word a person can use."""

import os
import socket
import sys


def display_reachable() -> bool:
    """Say whether another platform plugin is asked for, Wayland is there, or an X server answers."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    if not number:
        return False
    if host not in ("", "unix"):
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(f"/tmp/.X11-unix/X{number.split('.')[0]}") == 0  # noqa: S108 - X11's fixed place

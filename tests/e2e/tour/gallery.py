"""Every drawn state at the drawn moment: the real windows with a clock that stands, each beside its drawing."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from album import Album
from hands import ROOT

MOMENT = "2026-11-18T14:33:00+08:00"
"""When server and pages stand still; the windows move their own clock."""
LONGEST_S = 440


@dataclass(frozen=True)
class State:
    """A state: the name of its picture, what it is, and its drawing if it has one."""

    name: str
    words: str
    drawing: str = ""


STATES = (
    State("sign-in-empty", "登录开窗：输入工号"),
    State("sign-in", "登录开窗：开门前 18 分钟", "08-login-shift-start"),
    State("sign-in-no-device", "登录开窗：读卡器和打印机都不在"),
    State("before-opening", "开门前"),
    State("idle", "等待叫号，手上的件有红牌、黄牌", "01-idle"),
    State("empty-queue", "没有人在等，手上没有件"),
    State("nobody-waits", "没有人在等时按 F2"),
    State("calling", "呼叫中"),
    State("calling-20-seconds", "叫了 20 秒没来：建议重呼"),
    State("calling-three-times", "叫了三遍没来：建议过号"),
    State("missed", "过号，十秒内可撤回"),
    State("choosing-item", "选事项"),
    State("situations", "问情形"),
    State("checking", "核对材料", "02-serving-checklist"),
    State("card-unreadable", "证读不出"),
    State("reader-unplugged", "读卡器没接好"),
    State("person-by-hand", "手工录入"),
    State("shaded", "两分钟没有按键：人名条遮挡"),
    State("held", "挂起一个号"),
    State("notice", "有缺的材料：一次性告知", "03-one-time-notice"),
    State("form-errors", "表单有错：F10 走到第一处"),
    State("form-filled", "表单填好"),
    State("accepted", "已受理，单据已出", "04-accepted-receipt"),
    State("offline-paper-out", "离线，打印机缺纸", "05-offline-printer-fault"),
    State("printer-offline", "打印机连不上"),
    State("printer-cover", "打印机上盖开着"),
    State("printer-paper-low", "打印机纸快用完"),
    State("offline-ticket", "离线：凭号票办理"),
    State("sync-synced", "同步：已同步"),
    State("sync-syncing", "同步：正在同步 3"),
    State("sync-offline", "同步：离线办理中，7 件待同步"),
    State("sync-recovering", "同步：已恢复，补传 7"),
    State("sync-attention", "同步：有 1 件要您看"),
    State("incident", "没办成：内容都在，代码 E-1234"),
    State("refusal", "不予受理的理由", "14-not-accepted"),
    State("refused", "不予受理通知书已出"),
    State("search", "办件查询", "06-search"),
    State("search-paper", "办件查询：看单据"),
    State("search-empty", "办件查询：没找到"),
    State("pause-choosing", "告示牌：选理由"),
    State("pause", "告示牌：挂出", "13-pause-notice"),
    State("locked", "锁屏"),
    State("closing-soon", "距下班 28 分钟"),
    State("serving-long", "办理超过平均用时两倍：窗口不告警"),
    State("after-closing-serving", "延时服务中"),
    State("after-closing", "已下班"),
    State("handover-open", "交班：还有件没着落"),
    State("handover", "交班：都有着落了", "09-shift-handover"),
    State("floor", "值班台", "07-floor-dashboard"),
    State("floor-24-windows", "值班台：24 个窗口"),
    State("floor-quiet", "值班台：没有要处理的"),
    State("floor-offline", "值班台：服务器不应答"),
    State("board", "叫号大屏", "10-hall-display"),
    State("board-away", "叫号大屏：服务器不应答"),
    State("progress-code", "群众进度页：输入查询码"),
    State("progress", "群众进度页", "11-citizen-progress-phone"),
    State("progress-overdue", "群众进度页：过了承诺的日子"),
)
LANES = (
    ("tests/ui/gallery_day.py", "tests/ui/gallery_hours.py"),
    (
        "tests/ui/gallery_pages.py",
        "tests/ui/gallery_troubles.py",
        "tests/ui/gallery_floor.py",
        "tests/pages/gallery_web.py",
    ),
)
"""What runs one after the other; the lanes run side by side."""


def gallery(album: Album) -> None:
    """Reach every state and keep its picture; a state that was not reached ends the tour."""
    folder = album.folder
    with ThreadPoolExecutor(len(LANES)) as pool:
        complaints = [said for said in pool.map(lambda lane: _run(lane, folder), LANES) if said]
    assert not complaints, "\n".join(complaints)
    missing = [each.name for each in STATES if not (folder / f"{each.name}.png").exists()]
    assert not missing, missing
    for state in STATES:
        album.keep(folder / f"{state.name}.png", state.words, state.drawing)


def _run(files: tuple[str, ...], folder: Path) -> str:
    """Return what went wrong, empty when nothing did."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CHUANGKOU_NOW": MOMENT, "GALLERY": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout[-4000:]

"""A damaged store by real keys against the real server: said, made anew with Enter, and told what is saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from near_server import NearServer, near_server
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import cut_texts, overlaps
from test_door_keys import Key, newcomer

LAYOUTS = {"XL": (1920, 1080), "M": (1366, 768)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NearServer]:
    with near_server(tmp_path_factory.mktemp("server")) as running:
        yield running


def test_a_damaged_store_is_said_made_anew_with_enter_and_told(
    qtbot: QtBot, tmp_path: Path, server: NearServer, screens: Screens
) -> None:
    (tmp_path / "counter.toml").write_text('key_store = "file"\n', "utf-8")
    with newcomer(qtbot, tmp_path, server.url) as pc:
        pc.type(server.code("A05"))
        pc.enter()
        pc.until(lambda: type(pc.over).__name__ == "SignInState" and pc.over.catalogue is not None)
    store = tmp_path / "counter.db"
    data = bytearray(store.read_bytes())
    data[100] ^= 1
    store.write_bytes(data)
    with newcomer(qtbot, tmp_path, None) as pc:
        assert pc.shown("door_title").text() == "本机数据库已损坏"
        for name, size in LAYOUTS.items():
            pc.program.window.resize(*size)
            qtbot.wait(1)
            screens.keep(pc.program.window, f"rebuild-{name}.png")
            assert not cut_texts(pc.program.window)
            assert not overlaps(pc.program.window)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.until(lambda: type(getattr(pc.over, "door", None)).__name__ == "ToldDoor")
        pc.until(lambda: pc.shown("door_title").text() == "数据库已重建，请看一遍")
        for name, size in LAYOUTS.items():
            pc.program.window.resize(*size)
            qtbot.wait(1)
            screens.keep(pc.program.window, f"rebuilt-{name}.png")
            assert not cut_texts(pc.program.window)
            assert not overlaps(pc.program.window)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.until(lambda: type(pc.over).__name__ == "SignInState")
    assert list(tmp_path.glob("damaged-*/counter.db"))
    with newcomer(qtbot, tmp_path, None) as pc:
        pc.until(lambda: type(pc.over).__name__ == "SignInState")

"""The small parts of the pages: words, settings, voice packs, the count of attempts, comments."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.domain.case import CaseState
from app.domain.rating import MAX_COMMENT, clean_comment
from sync.protocol.interface import Refused
from sync.server.pages.assets import VoicePackError, read_assets
from sync.server.pages.settings import OWN_PACK, PageSettings, PageSettingsError, read_settings
from sync.server.pages.words import moment, standing
from sync.server.service.attempts import WINDOW_MS, Attempts
from sync.server.service.board_state import window_list


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ([], ""),
        (["A07"], "A07"),
        (["A01", "A02", "A03"], "A01–A03"),
        (["A01", "A03", "A04", "B05"], "A01、A03–A04、B05"),
        (["A09", "A10", "B11"], "A09–A10、B11"),
    ],
)
def test_windows_are_told_in_short(windows: list[str], told: str) -> None:
    assert window_list(windows) == told


@pytest.mark.parametrize("state", CaseState)
def test_every_state_has_words(state: CaseState) -> None:
    words = standing(state)
    assert words.name
    assert words.now
    assert words.why


def test_a_moment_is_told_in_chinas_time() -> None:
    late = 1_795_364_100_000  # 2026-11-22 16:15 UTC
    assert moment(late, late) == "今天 00:15"
    assert moment(late - 86_400_000, late) == "11月22日 00:15"


def test_a_comment_keeps_its_words_and_no_control_signs() -> None:
    assert clean_comment("  窗口\n态度好\x00 \u202e ") == "窗口 态度好"
    assert len(clean_comment("好" * 500)) == MAX_COMMENT


def test_settings_are_read_from_the_data_directory(tmp_path: Path) -> None:
    assert read_settings(tmp_path, demo=False) == PageSettings()
    assert read_settings(tmp_path, demo=True).board_open
    (tmp_path / "pages.toml").write_text('board_open = true\nticker = "下午三点停电"\nvoice_pack = "voice"\n', "utf-8")
    read = read_settings(tmp_path, demo=False)
    assert (read.board_open, read.ticker, read.voice_pack) == (True, "下午三点停电", tmp_path / "voice")


@pytest.mark.parametrize(
    "text", ["board_open = 1", "unknown = 1", "ticker =", f'ticker = "{"长" * 61}"', "voice_pack = 3"]
)
def test_a_setting_that_cannot_be_stops_the_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "pages.toml").write_text(text, "utf-8")
    with pytest.raises(PageSettingsError):
        read_settings(tmp_path, demo=False)


def test_the_shipped_voice_pack_is_whole_and_small() -> None:
    pack = {name: asset for name, asset in read_assets(OWN_PACK).items() if name.startswith("voice/")}
    clips = json.loads(pack["voice/manifest.json"].content)["clips"]
    assert {"叮", "请", "号", "到", "号窗口", "十", "百", *"0123456789"} <= set(clips)
    assert sum(len(asset.content) for asset in pack.values()) < 400_000


def test_another_voice_pack_is_taken_and_a_broken_one_refused(tmp_path: Path) -> None:
    pack = tmp_path / "own"
    pack.mkdir()
    shutil.copy(OWN_PACK / "0.ogg", pack / "null.ogg")
    (pack / "manifest.json").write_text('{"gap_ms": 40, "clips": {"0": "null.ogg"}}', "utf-8")
    assert "voice/null.ogg" in read_assets(pack)
    for clips in ({"0": "gone.ogg"}, {"0": "../own/null.ogg"}, {"0": "manifest.json"}, {"0": 3}, []):
        (pack / "manifest.json").write_text(json.dumps({"clips": clips}), "utf-8")
        with pytest.raises(VoicePackError):
            read_assets(pack)


def test_a_sites_own_clips_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    shutil.copy(OWN_PACK / "1.ogg", tmp_path / "0.ogg")
    (tmp_path / "manifest.json").write_text('{"clips": {"0": "0.ogg"}}', "utf-8")
    found = read_assets(tmp_path)
    manifest = json.loads(found["voice/manifest.json"].content)
    shipped = json.loads((OWN_PACK / "manifest.json").read_text("utf-8"))
    assert (set(manifest["clips"]), manifest["gap_ms"]) == (set(shipped["clips"]), shipped["gap_ms"])
    clips = {word: found[f"voice/{name}"].content for word, name in manifest["clips"].items()}
    assert clips["0"] == (OWN_PACK / "1.ogg").read_bytes()
    for word in shipped["clips"].keys() - {"0"}:
        assert clips[word] == (OWN_PACK / shipped["clips"][word]).read_bytes()


def test_attempts_are_counted_per_key_and_forgotten_after_an_hour(hall: Any) -> None:
    attempts = Attempts(hall.service.context)
    one, other = (("case/1", 3), ("address/x", 5)), (("case/2", 3), ("address/x", 5))
    for _ in range(3):
        attempts.take(one)
    with pytest.raises(Refused, match="rate_limited"):
        attempts.take(one)
    attempts.take(other)
    attempts.give_back(other)
    attempts.take(other)
    attempts.take(other)
    with pytest.raises(Refused, match="rate_limited"):
        attempts.take(other)
    hall.clock.now += WINDOW_MS
    attempts.take(one)

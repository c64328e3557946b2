"""The keys of a counter are made once, kept where the administrator said, and never made anew under a store."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.ports.store_fault import StoreFault, StoreFaultReason
from app.storage.keys import CounterKeys, KeyFile, SystemKeyring, load_keys


@pytest.fixture
def path(tmp_path: Path) -> Any:
    return tmp_path / "keys" / "counter.key"


def reason_of(call: Any, *args: Any, **kwargs: Any) -> Any:
    with pytest.raises(StoreFault) as caught:
        call(*args, **kwargs)
    return caught.value.reason


def test_keys_are_made_once_and_found_again(path: Path, manual_clock: Any) -> None:
    made = load_keys(KeyFile(path), manual_clock, store_exists=False)
    assert load_keys(KeyFile(path), manual_clock, store_exists=True) == made
    assert len(made.database) == len(made.device_seed) == 32
    assert made.database != made.device_seed


def test_a_store_without_its_key_gets_no_new_one(path: Path, manual_clock: Any) -> None:
    assert reason_of(load_keys, KeyFile(path), manual_clock, store_exists=True) is StoreFaultReason.KEY_MISSING
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such bits")
def test_the_file_is_the_owners_alone(path: Path, manual_clock: Any) -> None:
    load_keys(KeyFile(path), manual_clock, store_exists=False)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    assert reason_of(load_keys, KeyFile(path), manual_clock, store_exists=True) is StoreFaultReason.KEY_EXPOSED


@pytest.mark.parametrize("content", ["", "zz", "ab" * 63, "ab" * 65, "密" * 64])
def test_a_damaged_file_is_told(path: Path, manual_clock: Any, content: str) -> None:
    KeyFile(path).write("")
    path.write_text(content, encoding="utf-8")
    assert reason_of(load_keys, KeyFile(path), manual_clock, store_exists=True) is StoreFaultReason.KEY_DAMAGED


def test_keys_do_not_show_in_a_log() -> None:
    assert "00000000" not in repr(CounterKeys(bytes(32), bytes(32)))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have one")
def test_a_machine_without_a_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert reason_of(SystemKeyring("counter").read) is StoreFaultReason.NO_KEYRING

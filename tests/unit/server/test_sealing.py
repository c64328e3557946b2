"""Personal data at rest: the key file, and that sealed bytes open only with their key and in their row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sync.server.storage.cipher import KEY_FILE, AesGcmCipher, KeyMissing, SealBroken, make_key, read_key


def nonces() -> Callable[[int], bytes]:
    count = iter(range(1000))
    return lambda length: next(count).to_bytes(length, "big")


def test_what_is_sealed_opens_again() -> None:
    cipher = AesGcmCipher(b"k" * 32, nonces())
    assert cipher.open(cipher.seal("张三".encode(), "row/1"), "row/1").decode() == "张三"


def test_no_two_seals_are_alike() -> None:
    cipher = AesGcmCipher(b"k" * 32, nonces())
    assert cipher.seal(b"x", "row") != cipher.seal(b"x", "row")


@pytest.mark.parametrize("broken", ["row", "key", "byte", "version", "length"])
def test_another_row_key_or_byte_does_not_open(broken: str) -> None:
    cipher = AesGcmCipher(b"k" * 32, nonces())
    sealed = cipher.seal(b"secret", "row/1")
    other = AesGcmCipher(b"K" * 32, nonces()) if broken == "key" else cipher
    altered = {"byte": sealed[:-1] + bytes([sealed[-1] ^ 1]), "version": b"\x02" + sealed[1:], "length": sealed[:5]}
    with pytest.raises(SealBroken):
        other.open(altered.get(broken, sealed), "row/2" if broken == "row" else "row/1")


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    make_key(tmp_path, lambda length: b"a" * length)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert read_key(tmp_path) == b"a" * 32
    with pytest.raises(FileExistsError):
        make_key(tmp_path, lambda length: b"b" * length)


@pytest.mark.parametrize("content", [None, "", "zz", "00" * 31])
def test_a_missing_or_spoilt_key_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / KEY_FILE).touch(0o600)
        (tmp_path / KEY_FILE).write_text(content)
    with pytest.raises(KeyMissing):
        read_key(tmp_path)


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path, lambda length: b"a" * length)
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(KeyMissing):
        read_key(tmp_path)

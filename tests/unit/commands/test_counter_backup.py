"""``chuangkou counter backup``, ``restore`` and ``rebuild``: exit status, the one JSON line, and what is refused."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.commands.system_clock import SystemClock
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.main import main
from app.ports.store import Counter
from app.storage.engine import Database
from app.storage.keys import CounterKeys, KeyFile
from app.storage.opening import open_file
from app.storage.replica import CounterReplica
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore

KEYS = CounterKeys(bytes(range(32)), bytes(range(32, 64)))
SETTINGS = """server = "http://127.0.0.1:1"
token_file = "token"
key_store = "file"
[reader]
url = "socket://127.0.0.1:1"
[printer]
url = "tcp://127.0.0.1:1"
"""
DONE_THERE = 3
"""Operations in the store; the server has none of them."""

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def pc(tmp_path: Path, clerk: Clerk) -> Path:
    """Return the data directory of a counter that did some work and is shut."""
    data = tmp_path / "pc"
    data.mkdir()
    (data / "counter.toml").write_text(SETTINGS, "utf-8")
    KeyFile(data / "counter.key").write(KEYS.to_text())
    with opened(data) as database:
        clock = SystemClock()
        replica = CounterReplica(database, clock)
        replica.register(Counter("A01", replica.incarnation(), "0003", "9901", "9901", "A01"), "server")
        store = CounterStore(database, clock, Ed25519Signer(KEYS.device_seed))
        for number in range(DONE_THERE):
            with store.begin() as work:
                work.append(OperationDraft("case.accepted", "case", f"c{number}", {}, clerk.at("A01")))
    return data


@contextmanager
def opened(data: Path) -> Iterator[Database]:
    with closing(open_file(data / "counter.db", KEYS.database, SystemClock())) as database:
        yield database


@pytest.fixture
def run(pc: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs one verb: its exit status and its line, of which there is one."""

    def call(verb: str, *arguments: Any, data: Path = pc) -> tuple[int, Any]:
        status = main(["counter", verb, "--data", str(data), *map(str, arguments)])
        (line,) = capsys.readouterr().out.splitlines()
        answer = json.loads(line)
        assert answer["message"]
        return status, answer

    return call


def refused(answer: tuple[int, Any]) -> str:
    assert answer[0] == 3
    return str(answer[1]["error"])


def contents(data: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in data.iterdir() if each.is_file() and "-" not in each.name}


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content)


def test_a_backup_is_made_while_the_window_is_open_and_another_store_comes_of_it(pc: Path, run: Run) -> None:
    kept = pc.parent / "kept" / "counter.backup"
    with opened(pc):
        status, said = run("backup", "--to", kept)
        assert (status, said["backup"], said["bytes"]) == (0, str(kept), kept.stat().st_size)
        assert refused(run("restore", "--from", kept)) == "counter_in_use"
        assert refused(run("rebuild")) == "counter_in_use"
    assert refused(run("backup", "--to", kept)) == "backup_exists"
    status, said = run("restore", "--from", kept)
    assert (status, said["saved"]) == (0, DONE_THERE)
    assert len(list(pc.glob("damaged-*/counter.db"))) == 1


def test_what_is_no_backup_of_this_counter_changes_nothing(pc: Path, run: Run) -> None:
    kept, other = pc.parent / "counter.backup", pc.parent / "other"
    assert run("backup", "--to", kept)[0] == 0
    before = contents(pc)
    assert refused(run("restore", "--from", pc.parent / "nowhere")) == "backup_not_one"
    assert refused(run("restore", "--from", pc / "counter.toml")) == "backup_not_of_this_key"
    other.mkdir()
    (other / "counter.toml").write_text(SETTINGS, "utf-8")
    KeyFile(other / "counter.key").write(CounterKeys(bytes(32), bytes(32)).to_text())
    assert refused(run("restore", "--from", kept, data=other)) == "backup_not_of_this_key"
    damage(kept)
    assert refused(run("restore", "--from", kept)) == "backup_damaged"
    assert contents(pc) == before
    assert sorted(each.name for each in other.iterdir()) == ["counter.key", "counter.toml"]


def test_a_store_is_made_anew_only_when_it_is_damaged(pc: Path, run: Run) -> None:
    status, said = run("rebuild")
    assert (status, said["saved"], "folder" in said) == (0, 0, False)
    damage(pc / "counter.db")
    assert refused(run("backup", "--to", pc.parent / "kept")) == "store_damaged"
    assert not list(pc.parent.glob("kept*"))
    status, said = run("rebuild")
    assert (status, said["saved"], said["missing"]) == (0, DONE_THERE, 0)
    assert (pc / said["folder"] / "counter.db").exists()
    status, said = run("rebuild")
    assert (status, said["saved"]) == (0, 0)


def test_without_store_settings_or_key_it_says_so(pc: Path, run: Run) -> None:
    empty = pc.parent / "empty"
    empty.mkdir()
    assert refused(run("backup", "--to", empty / "kept", data=empty)) == "settings_unreadable"
    (empty / "counter.toml").write_text(SETTINGS, "utf-8")
    assert refused(run("backup", "--to", empty / "kept", data=empty)) == "store_key_missing"
    KeyFile(empty / "counter.key").write(KEYS.to_text())
    assert refused(run("backup", "--to", empty / "kept", data=empty)) == "backup_nothing_there"
    assert refused(run("rebuild", data=empty)) == "backup_nothing_there"
    (pc / "counter.key").unlink()
    KeyFile(pc / "counter.key").write(CounterKeys(bytes(32), bytes(32)).to_text())
    before = contents(pc)
    assert refused(run("rebuild")) == "wrong_key"
    assert refused(run("backup", "--to", empty / "kept")) == "wrong_key"
    assert contents(pc) == before


def test_the_program_itself_ends_with_that_status_and_that_line(pc: Path) -> None:
    kept = str(pc.parent / "kept")
    command = [sys.executable, "-m", "app.main", "counter", "backup", "--data", str(pc), "--to", kept]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    (line,) = done.stdout.splitlines()
    assert (done.returncode, json.loads(line)["backup"], done.stderr) == (0, kept, "")

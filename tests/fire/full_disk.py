"""The disk of a counter and that of its server are filled to the last byte while both work: ``make fire-full``.

``full_disk.py DATA FOLDER SEED ROUNDS`` with a stopped hall's DATA runs in a process that may mount, if any may
(``small_disk.alone``), and says one line of JSON. Both databases lie on small disks; the server's key and settings do
not, so that it is SQLite that says no and not the look at the disk before it.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "integration")]

import http_server  # noqa: E402 - test folders are no packages
import sqlcipher3.dbapi2 as sqlcipher  # noqa: E402
from observer import Said, counter_faults, server_faults  # noqa: E402
from small_disk import Limit, SmallDisk, Tmpfs, alone  # noqa: E402
from speaker import LONG_S, Speaker  # noqa: E402

from app.commands.json_line import NO_ROOM  # noqa: E402
from app.commands.system_clock import SystemClock  # noqa: E402
from app.main import main as chuangkou  # noqa: E402
from app.ports.store_fault import StoreFault, StoreFaultReason  # noqa: E402
from app.storage.keys import KeyFile, load_keys  # noqa: E402
from app.storage.store_files import open_checked  # noqa: E402

WINDOW = "A06"
SETTINGS = """server = "http://127.0.0.1"
token_file = "token"
key_store = "file"
[reader]
url = "socket://127.0.0.1:1"
[printer]
url = "tcp://127.0.0.1:1"
"""
MIB, MIB_A_ROUND = 16, 4
"""Of a disk, and more for each round: what is written and copied finds room, so that the ballast alone fills it."""
SMALL = "SMALL_DISK"
"""Set in the environment of a process that may mount."""
LIMIT_S = 130
"""A round on a loaded machine."""
TRIES = 3
"""How often what was refused is tried again while the disk is full."""


class Scene:
    """A server and a counter in processes of their own, each with its database on a disk of its own.

    ``mib``: its size, or 0 where nobody may mount.
    """

    def __init__(self, data: Path, folder: Path, seed: int, *, mib: int) -> None:
        self.chance, self.said, self.report = random.Random(seed), Said(), dict[str, Any]()
        self.data = data
        self.theirs: SmallDisk = Tmpfs(folder / "server", mib) if mib else Limit(folder / "server")
        self.ours: SmallDisk = Tmpfs(folder / "counter", mib) if mib else Limit(folder / "counter")
        shutil.move(data / "server.db", self.theirs.folder)
        self.db = f"sqlite:///{self.theirs.folder}/server.db"
        self.credentials = json.loads((data / "demo-credentials.json").read_text("utf-8"))
        (self.ours.folder / "counter.toml").write_text(SETTINGS, "utf-8")
        self.server = http_server.launch(data, db=self.db)
        assert self.server.stdout is not None
        url = json.loads(self.server.stdout.readline())["listening"]
        self.counter = Speaker("filling.py", [str(self.ours.folder), url, self.credentials["tokens"][WINDOW]])

    def until(self, *words: str) -> dict[str, Any]:
        """Listen to the counter until a line with one of the words."""
        limit, last = time.monotonic() + LONG_S, None
        while (line := self.counter.line(limit - time.monotonic())) is not None:
            self.said.take(line)
            last = line
            if any(line.get(word) for word in words):
                return line
        raise TimeoutError(f"waited for {words}, the last was {last}")

    def faults(self) -> list[str]:
        """Return what an observer finds wrong with the counter's store, whatever its disk."""
        return counter_faults(self.ours.folder, self.said)

    def close(self) -> None:
        self.counter.stop()
        if self.server.poll() is None:
            self.server.kill()
        self.server.wait(120)
        assert self.server.stdout is not None
        self.server.stdout.close()


def counter_full(scene: Scene) -> list[str]:
    """Fill the counter's disk at some moment of its work, look, and make room: the same process goes on."""
    pid = scene.counter.process.pid
    for _ in range(scene.chance.randint(1, 12)):
        scene.until("accepted", "walked_in", "finished")
    scene.ours.fill(pid)
    told = {scene.until("fault")["fault"]}
    for _ in range(TRIES):
        scene.counter.tell("again")
        told.add(scene.until("fault")["fault"])
    faults = [] if told <= scene.ours.told else [f"the clerk was told {told}"]
    faults += scene.faults()
    scene.ours.free(pid)
    scene.counter.tell("again")
    scene.until("finished")
    return faults


def server_full(scene: Scene) -> list[str]:
    """Fill the server's disk while the counter pushes: it says so, keeps what it has and goes on working."""
    pid = scene.server.pid
    scene.theirs.fill(pid)
    if isinstance(scene.theirs, Tmpfs):
        said = scene.until("trouble")["trouble"]
    else:  # a broken disk is an incident to the server, and the counter comes back by itself
        said = "server_full"
        while scene.until("pending")["pending"] < TRIES:
            pass
    held, before = scene.said.acked, len(scene.said.accepted)
    while len(scene.said.accepted) < before + TRIES:
        scene.until("accepted")
    faults = [] if said == "server_full" else [f"the counter was told {said}"]
    faults += [] if scene.said.acked == held else ["a full server acknowledged"]
    scene.theirs.free(pid)
    return faults


def at_rest(scene: Scene) -> list[str]:
    """Let the server have everything, then end both."""
    scene.counter.tell("calm")
    scene.until("equal")
    scene.server.send_signal(signal.SIGTERM)
    faults = [] if scene.server.wait(120) == 0 else ["the server did not end well"]
    scene.counter.process.kill()
    scene.counter.process.wait(120)
    faults += scene.faults() + server_faults(scene.data, scene.ours.folder, scene.said, WINDOW, scene.db)
    return faults


def commands(scene: Scene) -> list[str]:
    """Open, copy, restore and rebuild on full disks: each says that there is no room, and leaves nothing behind."""
    ours, theirs = scene.ours.folder, scene.theirs.folder
    good, sealed = ours.parent / "good.counter", ours.parent / "good.ckbackup"
    of_counter = ("--data", str(ours))
    of_server = ("--data", str(scene.data), "--db")
    restore_server = ("server", "restore", *of_server, f"sqlite:///{theirs}/other.db", "--from", str(sealed))
    anew = theirs / "anew"  # a new computer, whose disk takes a database and no anchors
    anew.mkdir()
    shutil.copy(scene.data / "server.key", anew)
    database = f"sqlite:///{scene.data}/anew.db"
    restore_anew = ("server", "restore", "--data", str(anew), "--db", database, "--from", str(sealed))
    faults = _must((), "counter", "backup", *of_counter, "--to", str(good))
    faults += _must((), "server", "backup", *of_server, scene.db, "--to", str(sealed))
    scene.ours.fill()
    scene.theirs.fill()
    full = (NO_ROOM, scene)
    faults += _must(full, "counter", "backup", *of_counter, "--to", str(ours / "copy"))
    faults += _must(full, "counter", "restore", *of_counter, "--from", str(good))
    faults += _opening(ours)
    faults += _must(full, "server", "backup", *of_server, scene.db, "--to", str(theirs / "copy.ckbackup"))
    faults += _must(full, *restore_server)
    faults += _must(full, *restore_anew)
    faults += [f"a refused restore left {each}" for each in anew.rglob("*") if each.name != "server.key"]
    for each in theirs.glob("server.db-*"):
        each.unlink()  # of a server that ended well nothing but the database is there
    faults += _must(("database_full", scene), "server", *of_server, scene.db, "--port", "0")
    _damage(ours / "counter.db")
    faults += _must(full, "counter", "rebuild", *of_counter)
    scene.ours.free()
    scene.theirs.free()
    faults += _must((), "counter", "rebuild", *of_counter)
    faults += _must((), "counter", "restore", *of_counter, "--from", str(good))
    faults += _must((), *restore_server) + _must((), *restore_anew)
    there, came = _anchors(scene.data), _anchors(anew)
    return faults if there and came == there else [*faults, f"anchors {sorted(came)} of {sorted(there)}"]


def _must(refused: tuple[()] | tuple[str, Scene], *arguments: str) -> list[str]:
    """Run a command, which must be done, or be refused with a code and leave both folders with the files they had."""
    before = _listed(*refused[1:])
    with redirect_stdout(StringIO()) as said:
        status = chuangkou(arguments)
    line, after = json.loads(said.getvalue()), _listed(*refused[1:])
    wanted = (3, refused[0]) if refused else (0, None)
    faults = [] if (status, line.get("error")) == wanted else [f"{arguments[:2]}: {status} {line}"]
    return faults if after == before else [*faults, f"{arguments[:2]} left {after}"]


def _listed(*scenes: Scene) -> list[str]:
    disks = [disk for scene in scenes for disk in (scene.ours, scene.theirs)]
    found = (each for disk in disks for each in disk.folder.iterdir() if each.stat().st_size)
    return sorted(each.name for each in found if not each.name.endswith(("-wal", "-shm")))


def _anchors(data: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (data / "anchors").glob("*")}


def _opening(folder: Path) -> list[str]:
    clock = SystemClock()
    keys = load_keys(KeyFile(folder / "counter.key"), clock, store_exists=True)
    try:
        open_checked(folder / "counter.db", keys.database, clock).close()
    except StoreFault as fault:
        return [] if fault.reason is StoreFaultReason.DISK_FULL else [f"opening on a full disk: {fault.reason}"]
    return ["it opened on a full disk though its log cannot be kept aside"]


def _damage(file: Path) -> None:
    with file.open("r+b") as content:
        content.seek(100)
        content.write(b"damaged")


def run(data: Path, folder: Path, seed: int, rounds: int, *, small: bool) -> dict[str, Any]:
    """Do it all; ``data`` is a stopped hall's, and is used up."""
    scene = Scene(data, folder, seed, mib=MIB + rounds * MIB_A_ROUND if small else 0)
    began = time.monotonic()
    try:
        faults = []
        for _ in range(rounds):
            faults += counter_full(scene)
        faults += server_full(scene) + at_rest(scene)
        faults += commands(scene) if small else []
    finally:
        scene.close()
    figures = {"acceptances": len(scene.said.accepted), "acknowledged": scene.said.acked}
    return {
        "tmpfs": small,
        "rounds": rounds,
        **figures,
        "seconds": round(time.monotonic() - began, 1),
        "faults": faults,
    }


def start(hall: http_server.Server, folder: Path, seed: int, rounds: int) -> Any:
    """Run it in a process that may mount, on a copy of what a hall's server holds; returns what it says."""
    data = folder / "data"
    shutil.copytree(hall.data, data, ignore=shutil.ignore_patterns("server.db*"))
    files = (closing(sqlcipher.connect(str(each / "server.db"))) for each in (hall.data, data))
    with next(files) as source, next(files) as copy:
        source.backup(copy)
    words = alone()
    command = [*(words or ()), sys.executable, __file__, str(data), str(folder), str(seed), str(rounds)]
    more = {"PYTHONPATH": str(HERE.parents[1]), SMALL: "" if words is None else "1"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, **more}, timeout=LIMIT_S * rounds
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    """With four arguments be the process that mounts; with two, SEED and ROUNDS, make a hall for it."""
    if len(sys.argv) == 5:
        data, folder, seed, rounds = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
        print(json.dumps(run(data, folder, seed, rounds, small=bool(os.environ.get(SMALL)))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        server = http_server.Server(Path(folder) / "hall")
        server.data.mkdir()
        server.start()
        try:
            said = start(server, Path(folder), *map(int, sys.argv[1:]))
        finally:
            server.stop()
    print(json.dumps(said, ensure_ascii=False))
    return 1 if said["faults"] else 0


if __name__ == "__main__":
    raise SystemExit(main())

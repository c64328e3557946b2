"""Stands for ``lp``, ``lpstat`` and ``cancel`` of CUPS, which the machine of the tests does not have.

It behaves like them as far as they are asked: ``lp`` only takes a document into the queue and names it; the queue
passes one document on whenever somebody looks, unless it was stopped; ``lpstat`` speaks the sentences of CUPS in the C
locale, long lists with ``Alerts``; ``-W completed`` lists what was cancelled and aborted as well. What was passed on
lies in a folder, and goes to a raw printer's address where there is one.

State lies in the folder FAKE_CUPS: ``queue.json`` ``{"enabled", "accepting", "alerts", "printer", "hold"}`` and one
``N.json`` and ``N.data`` for each document; ``arguments`` keeps those of the last ``lp``.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

DATE = "Mon 23 Nov 2026 09:00:00 AM CST"
FOLDER = Path(os.environ.get("FAKE_CUPS", "."))


def install(bin_folder: Path, state: Path, **queue: Any) -> None:
    """Write the three programs and a queue that runs."""
    bin_folder.mkdir()
    state.mkdir()
    for name in ("lp", "lpstat", "cancel"):
        program = bin_folder / name
        program.write_text(
            f"#!{sys.executable} -IS\nimport sys\nsys.path.append({str(Path(__file__).parent)!r})\n"
            f"import fake_cups\nsys.exit(fake_cups.{name}(sys.argv[1:]))\n"
        )
        program.chmod(0o755)
    change(state, name="SLIP", enabled=True, accepting=True, alerts="none", printer=None, hold=False, **queue)


def change(state: Path, **queue: Any) -> None:
    """Change how the queue stands."""
    file = state / "queue.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    _write(file, {**before, **queue})


def jobs(state: Path) -> list[dict[str, Any]]:
    """Return the documents, oldest first."""
    return [json.loads(each.read_text()) for each in sorted(state.glob("[0-9]*.json"), key=lambda file: int(file.stem))]


def end(state: Path, number: int, how: str) -> None:
    """Let a document end as cancelled or aborted."""
    file = state / f"{number}.json"
    _write(file, {**json.loads(file.read_text()), "state": how})


def lp(arguments: list[str]) -> int:
    """Take standard input into the queue."""
    queue = _queue()
    if os.environ.get("FAKE_CUPS_DEAF"):
        import signal  # noqa: PLC0415 - as below

        sys.stdin.read()
        signal.pause()
    (FOLDER / "arguments").write_text("\n".join(arguments) + "\n")
    if arguments[arguments.index("-d") + 1] != queue["name"]:
        sys.stderr.write("lp: The printer or class does not exist.\n")
        return 1
    if not queue["accepting"]:
        sys.stderr.write(f'lp: Destination "{queue["name"]}" is not accepting jobs.\n')
        return 1
    number = len(jobs(FOLDER)) + 12
    (FOLDER / f"{number}.data").write_bytes(sys.stdin.buffer.read())
    _write(FOLDER / f"{number}.json", {"id": number, "state": "pending"})
    sys.stdout.write(f"request id is {queue['name']}-{number} (0 file(s))\n")
    return 0


def lpstat(arguments: list[str]) -> int:
    """Answer ``-l -p NAME -a NAME`` and ``-l -W which -o NAME``; every look lets the queue go one step on."""
    queue = _queue()
    if arguments[-1] != queue["name"]:
        sys.stderr.write(f'lpstat: Invalid destination name in list "{arguments[-1]}".\n')
        return 1
    match arguments[:-1]:
        case ["-l", "-p", queue_name, "-a"] if queue_name == queue["name"]:
            _write_printer(queue)
            takes = "accepting requests since" if queue["accepting"] else "not accepting requests since"
            sys.stdout.write(f"{queue['name']} {takes} {DATE}\n")
        case ["-l", "-W", which, "-o"]:
            _step(queue)
            _write_jobs(queue["name"], completed=which == "completed")
        case _:
            sys.stderr.write("lpstat: Unknown option.\n")
            return 1
    return 0


def cancel(arguments: list[str]) -> int:
    """Take a document back; one that is over cannot be."""
    number = int(arguments[0].rpartition("-")[2])
    if next(each["state"] for each in jobs(FOLDER) if each["id"] == number) not in ("pending", "processing"):
        sys.stderr.write(f"cancel: cancel-job failed: Job #{number} is already completed - can't cancel.\n")
        return 1
    end(FOLDER, number, "canceled")
    return 0


def _write(file: Path, content: dict[str, Any]) -> None:
    """Write it whole or not at all: others read it meanwhile."""
    fresh = file.with_suffix(f".new{os.getpid()}")
    fresh.write_text(json.dumps(content))
    fresh.replace(file)


def _queue() -> dict[str, Any]:
    known: dict[str, Any] = json.loads((FOLDER / "queue.json").read_text())
    return known


def _step(queue: dict[str, Any]) -> None:
    """Pass the first document on: begun at one look, through at the next."""
    first = next((each for each in jobs(FOLDER) if each["state"] in ("pending", "processing")), None)
    if first is None or not queue["enabled"] or queue["hold"]:
        return
    if first["state"] == "pending":
        end(FOLDER, first["id"], "processing")
        return
    if queue["printer"] is not None:
        import socket  # noqa: PLC0415 - every question starts this program anew

        with socket.create_connection(tuple(queue["printer"]), timeout=5) as line:
            line.sendall((FOLDER / f"{first['id']}.data").read_bytes())
    end(FOLDER, first["id"], "completed")


def _write_printer(queue: dict[str, Any]) -> None:
    name = queue["name"]
    printing = next((each["id"] for each in jobs(FOLDER) if each["state"] == "processing"), None)
    if not queue["enabled"]:
        head = f"printer {name} disabled since {DATE} -\n\tPaused\n"
    elif printing is not None:
        head = f"printer {name} now printing {name}-{printing}.  enabled since {DATE}\n"
    else:
        head = f"printer {name} is idle.  enabled since {DATE}\n"
    sys.stdout.write(f"{head}\tDescription: \n\tAlerts: {queue['alerts']}\n")


def _write_jobs(name: str, *, completed: bool) -> None:
    reasons = {
        "pending": "none",
        "processing": "job-printing",
        "completed": "job-completed-successfully",
        "canceled": "job-canceled-by-user",
        "aborted": "aborted-by-system",
    }
    for each in jobs(FOLDER):
        if (each["state"] in ("pending", "processing")) is completed:
            continue
        temp = f"{name}-{each['id']}"
        sys.stdout.write(f"{temp:23} {'clerk':13} {1024:8.0f}   {DATE}\n\tAlerts: {reasons[each['state']]}\n")
        sys.stdout.write(f"\tqueued for {name}\n")

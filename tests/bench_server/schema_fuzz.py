"""``make schema-fuzz``: what /schema/openapi.json says, held against the server by schemathesis, for every role."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import ground
from http_server import Server

from app.domain.rights import Role
from sync.server.demo_hall import GUIDE_TOKEN, REVIEW_TOKEN
from sync.server.service import provision

PROGRAM = ground.ROOT / ".venv-schemathesis" / "bin" / "schemathesis"
EXAMPLES = 10
"""Chosen by chance for each endpoint and role; the edges of every field come beside them."""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
)
LEFT_OUT = r"/stream$|/ledgers/(?!tickets)\w+\.(csv|xlsx)$"
"""What never ends; and files of ledgers, which one route makes, but for one."""
RARE = {413, 500, 503}
"""Too large, broken, too many: no request by itself brings that about."""
CONFIG = '[parameters]\n"path.hall" = "9901"\n"query.hall" = "9901"\n'
"""Elsewhere nobody may do anything; ``make bombard`` asks there, too."""
BOARD = "schema-fuzz-board"
SIGN_IN = {
    "clerk": ("0301", "A01"),
    "project_agent": ("0321", "E01"),
    "helper": ("0323", "D01"),
    "reviewer": ("0401", "manager"),
    "guide": ("0801", "manager"),
    "floor_manager": ("0901", "manager"),
    "supervisor": ("0902", "manager"),
    "administrator": ("0903", None),
    "system_operator": ("0905", None),
}
"""By role who signs in, and at which computer."""


@dataclass
class Found:
    """Of all roles: requests, statuses by endpoint, what is wrong (role, endpoint, check), and what did not run."""

    sent: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)

    def read(self, role: str, report: Path) -> int:
        """Take a report in; returns its number of requests."""
        count = 0
        for line in report.read_text("utf-8").splitlines():
            [(what, event)] = json.loads(line).items()
            recorder = event.get("recorder") or {} if what == "ScenarioFinished" else {}
            for interaction in recorder.get("interactions", {}).values():
                answer = interaction.get("response")
                count += 1
                if answer is not None:
                    self.sent[recorder["label"]][answer["status_code"]] += 1
            for checks in recorder.get("checks", {}).values():
                self.wrong += [
                    f"{role}: {recorder['label']}: {each['name']}" for each in checks if each["status"] == "failure"
                ]
        return count

    def never(self, description: Mapping[str, Any]) -> list[str]:
        """Return the described statuses that no request brought about, a line each endpoint."""
        told = []
        for path, methods in description["paths"].items():
            for method, operation in methods.items():
                label = f"{method.upper()} {path}"
                rest = {int(each) for each in operation["responses"]} - self.sent[label].keys() - RARE
                if rest and re.search(LEFT_OUT, path) is None:
                    told.append(f"{label}: {sorted(rest)}")
        return told


@contextmanager
def demo(url: str) -> Iterator[Server]:
    """Run the demo hall by two processes until the block ends."""
    with TemporaryDirectory(prefix="schema-fuzz-") as folder:
        server = Server(Path(folder), url).start("--workers", "2")
        try:
            yield server
        finally:
            server.stop()


def tokens(server: Server) -> dict[str, str]:
    """Return a bearer token for every role of computers and persons."""
    held = server.credentials["tokens"]
    found = {
        "counter": held["A02"],
        "kiosk": held["kiosk"],
        "board": BOARD,
        "computer of the manager": held["manager"],
        "computer of the guide": (server.data / GUIDE_TOKEN).read_text("utf-8").strip(),
        "computer of the reviewer": (server.data / REVIEW_TOKEN).read_text("utf-8").strip(),
    }
    for role, (clerk, place) in SIGN_IN.items():
        body = {"clerk": clerk, "password": server.credentials["clerks"][clerk]}
        answer = server.ask("POST", "/v1/sessions", place, body)
        assert answer.status == 200, (role, answer)
        found[role] = answer.json["session"]
    assert {role.value for role in Role} <= found.keys()
    return found


def run(url: str, token: str, folder: Path, examples: int) -> str:
    """Send the requests of one role; returns what the program says at its end, and leaves ``report.ndjson``."""
    options = {
        "header": f"Authorization: Bearer {token}",
        "checks": ",".join(CHECKS),
        "exclude-path-regex": LEFT_OUT,
        "phases": "coverage,fuzzing",
        "max-examples": examples,
        "report": "ndjson",
        "report-ndjson-path": folder / "report.ndjson",
        "request-timeout": 30,
        "suppress-health-check": "all",
        "warnings": "off",
    }
    config = folder / "schemathesis.toml"
    config.write_text(CONFIG, "utf-8")
    said = subprocess.run(
        [
            *(PROGRAM, "--config-file", config, "run", f"{url}/schema/openapi.json"),
            *(f"--{name}={value}" for name, value in options.items()),
            *("--generation-deterministic", "--no-shrink", "--continue-on-failure", "--no-color"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return said.stdout + said.stderr


def main(examples: int = EXAMPLES, only: str = "") -> int:
    """Send, tell; the status says whether the description held."""
    found = Found()
    with ground.postgres() as here:
        url = here.create("hall")
        with demo(url) as server, ground.opened(url) as storage:
            provision.add_device(storage, "9901", "board", Role.BOARD, token=BOARD)
            description = server.ask("GET", "/schema/openapi.json", "manager").json
            for role, token in tokens(server).items():
                if only in {"", role}:
                    with TemporaryDirectory(prefix="schema-fuzz-") as folder:
                        said = run(server.url, token, Path(folder), examples)
                        count = found.read(role, Path(folder) / "report.ndjson")
                    print(f"{role}: {count:,} requests", flush=True)
                    if "ERRORS" in said or not count:
                        print(said[-20_000:], flush=True)
                        found.wrong.append(f"{role}: not all of it ran")
    print("described, and never brought about:", *found.never(description), sep="\n  ")
    wrong = Counter(found.wrong)
    print(f"{sum(map(Counter.total, found.sent.values())):,} answers, {len(wrong)} kinds of faults")
    print(*(f"  {each} ({n})" for each, n in wrong.most_common()), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) if each.isdigit() else each for each in sys.argv[1:3])))

"""Requests that no client of ours sends: wrong bytes, headers, shapes, sizes, methods, and bodies cut short."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wire import request

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "BREW", "POST\x00", "")
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**31, 2**63, 2**64, -(2**63) - 1, 1e308, "", "\x00", "中" * 40, "A" * 5_000, "9901", "A",
    "\ud800", [], {}, [[]], [None], {"": ""}, {"business": None}, {"ops": [{}]},
)  # fmt: skip
BROKEN = (b"{", b"[" * 3_000, b"\xff\xfe", b"nul", b'{"a":1}{"a":1}', b"\x00" * 64, b'"\\ud800"', b"1e999999", b"")
HEADERS = (
    ("Content-Length", "-1"), ("Content-Length", "99999999999999999999"), ("Content-Length", "abc"),
    ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "gzip, chunked"), ("Content-Encoding", "gzip"),
    ("Content-Type", "text/plain"), ("Content-Type", "multipart/form-data; boundary="), ("Content-Type", "\xff"),
    ("Expect", "100-continue"), ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Range", "bytes=9-1"),
    ("Authorization", ""), ("Authorization", "Basic Og=="), ("Authorization", "Bearer " + "x" * 5_000),
    ("Idempotency-Key", ""), ("Idempotency-Key", "k" * 500), ("Idempotency-Key", "\x01"), ("Cookie", "=; =;;"),
    ("Accept", "*/*;q=x"), ("X-" + "h" * 9_000, "1"), ("Bad Name", "1"), ("Host", ""), ("If-None-Match", '"'),
)  # fmt: skip
PIECES = ("", "..", "%00", "%ff", "9901", "A01", "*", "中", "%2e%2e", "0", "-1", "9" * 400, " ", "'", "a/b")
USUAL = {"hall": "9901", "window": "C01", "business": "A"}
"""What stands in a path most of the time: else nothing of a body would be looked at."""
QUERIES = (
    "",
    "?",
    "?cursor=-1",
    "?cursor=9e9&hall=9901",
    "?limit=0",
    "?cursor=" + "9" * 40,
    "?hall=%00",
    "?a=%ff&&=",
    "?hall[]=1",
)


@dataclass(frozen=True)
class Sent:
    """The bytes, where the sender hangs up before an answer can come, and whether an answer comes at all."""

    data: bytes
    cut: bool
    pieces: int = 1
    """In so many it is sent, with a pause after each: a slow sender."""


class Malformed:
    """Makes them, the same for the same seed; ``tokens`` are valid ones: most of what is wrong lies behind the door."""

    def __init__(self, seed: int, description: Mapping[str, Any], tokens: Sequence[str]) -> None:
        self._chance = random.Random(seed)
        paths = [(path, list(methods)) for path, methods in description["paths"].items()]
        self._paths = [(path, method.upper()) for path, methods in paths for method in methods]
        self._tokens = tokens
        self._fields = sorted(
            {name for each in description["components"]["schemas"].values() for name in each.get("properties", {})}
        )

    def one(self) -> Sent:
        """Return the next."""
        kind = self._chance.choices(("body", "headers", "path", "bytes", "cut", "slow"), (48, 15, 15, 10, 10, 2))[0]
        whole = self._request(kind)
        if kind == "bytes":
            return Sent(self._bitten(whole), cut=True)
        if kind == "cut":
            return Sent(whole[: self._chance.randrange(len(whole))], cut=True)
        pieces = self._chance.randrange(2, 12) if kind == "slow" else 1
        return Sent(whole, cut=kind == "headers", pieces=pieces)

    def _request(self, kind: str) -> bytes:
        chance = self._chance
        path, method = chance.choice(self._paths)
        if kind == "path" and chance.random() < 0.5:
            method = chance.choice(METHODS)
        pieces = [self._piece(each, kind) for each in path.split("/")]
        where = "/".join(pieces) + (chance.choice(QUERIES) if kind in {"path", "body"} else "")
        key = f"k-{chance.getrandbits(64)}" if chance.random() < 0.8 else ""
        body = self._body() if method not in {"GET", "HEAD"} else b""
        token = chance.choice(self._tokens) if chance.random() < 0.9 else "none"
        made = request(method, where, token, body, key)
        if kind == "headers":
            head, _, rest = made.partition(b"\r\n\r\n")
            added = "".join(f"\r\n{name}: {value}" for name, value in chance.choices(HEADERS, k=chance.randrange(1, 4)))
            return head + added.encode("utf-8", "surrogatepass") + b"\r\n\r\n" + rest
        return made

    def _piece(self, piece: str, kind: str) -> str:
        usual = next((value for name, value in USUAL.items() if piece.startswith("{" + name)), None)
        if usual and self._chance.random() < 0.8:
            return usual
        if piece.startswith("{") or (kind == "path" and piece and self._chance.random() < 0.1):
            return self._chance.choice(PIECES)
        return piece

    def _body(self) -> bytes:
        if self._chance.random() < 0.2:
            return self._chance.choice(BROKEN)
        return json.dumps(self._value(3)).encode()

    def _value(self, depth: int) -> Any:
        if depth and self._chance.random() < 0.7:
            names = self._chance.sample(self._fields, self._chance.randrange(1, 9))
            return {name: self._value(depth - 1) for name in names}
        if depth and self._chance.random() < 0.2:
            return [self._value(depth - 1) for _ in range(self._chance.randrange(5))]
        return self._chance.choice(VALUES)

    def _bitten(self, whole: bytes) -> bytes:
        bitten = bytearray(whole)
        for _ in range(self._chance.randrange(1, 6)):
            bitten[self._chance.randrange(len(bitten))] = self._chance.randrange(256)
        return bytes(bitten)

"""The central server over HTTP: untrusted bytes in, messages out."""

import logging
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import httpx2
import msgspec

from app.ports.clock import Clock, new_id
from sync.client.retry_after import retry_after
from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.interface import NotOurServer, Refused, Unreachable
from sync.protocol.messages import (
    NOTHING_NAMED,
    CallChosen,
    Digest,
    HallState,
    IssueTicket,
    Message,
    Named,
    NumberSlip,
    OpenSession,
    Page,
    Push,
    PushResult,
    Refusal,
    RegisterCounter,
    Registration,
    SessionOpened,
    Snapshot,
    TicketCalled,
    TicketIssued,
)

logger = logging.getLogger(__name__)

SNAPSHOT = "/v1/sync/snapshot"
"""Its answer is long and takes long."""

CONNECT_S = 2.0
ANSWER_S = 5.0
OPERATION_S = 0.05
"""How much longer the answer to a push may take, an operation: nobody at the window waits for it."""
SNAPSHOT_S = 60.0
MAX_ANSWER = 8 << 20
MAX_SNAPSHOT = 128 << 20

_NO_MESSAGE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are not JSON of that shape, no UTF-8, or nested without end."""

M = TypeVar("M", bound=Message)


class HttpCentralServer:
    """Implements ``CentralServer``; one connection pool, to be used from any thread."""

    connect_s = CONNECT_S
    answer_s = ANSWER_S

    def __init__(self, base_url: str, token: str, clock: Clock, transport: httpx2.BaseTransport | None = None) -> None:
        self._base_url = base_url
        self._token = token
        self._clock = clock
        self._transport = transport
        self._client = self._connected()

    def reconnect(self) -> None:
        """Drop every connection and begin with new ones."""
        old, self._client = self._client, self._connected()
        old.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def register(self, request: RegisterCounter) -> Registration:
        """See ``CentralServer``."""
        return self._post("/v1/counters", request, Registration)

    def open_session(self, request: OpenSession) -> SessionOpened:
        """See ``CentralServer``."""
        return self._post("/v1/sessions", request, SessionOpened)

    def push(self, request: Push) -> PushResult:
        """See ``CentralServer``. The first sequence is the key: the same push may be sent twice."""
        longer_s = OPERATION_S * len(request.ops)
        return self._post("/v1/sync/push", request, PushResult, longer_s=longer_s)

    def pull(self, hall: str, cursor: int, limit: int) -> Page:
        """See ``CentralServer``."""
        return self._get("/v1/sync/pull", {"hall": hall, "cursor": cursor, "limit": limit}, Page)

    def snapshot(self, hall: str, named: Named = NOTHING_NAMED) -> Snapshot:
        """See ``CentralServer``."""
        content, key = msgspec.json.encode(named), new_id(self._clock)
        _, body = self._ask("POST", SNAPSHOT, params={"hall": hall}, content=content, key=key)
        return decoded(body, Snapshot)

    def digest(self, hall: str) -> Digest:
        """See ``CentralServer``."""
        return self._get("/v1/sync/digest", {"hall": hall, "standing": "true"}, Digest)

    def issue_ticket(self, hall: str, request: IssueTicket, key: str) -> TicketIssued:
        """See ``CentralServer``."""
        return self._post(f"/v1/halls/{hall}/tickets", request, TicketIssued, key)

    def number_slip(self, hall: str, number: str) -> NumberSlip:
        """Return what the paper of a number says (SL-01), for whoever prints it."""
        return self._get(f"/v1/halls/{hall}/tickets/{number}/slip", {}, NumberSlip)

    def call_chosen(self, hall: str, window: str, request: CallChosen, key: str) -> TicketCalled:
        """See ``CentralServer``."""
        return self._post(f"/v1/halls/{hall}/windows/{window}/call", request, TicketCalled, key)

    def hall_state(self, hall: str) -> HallState:
        """See ``CentralServer``."""
        return self._get(f"/v1/halls/{hall}/state", {}, HallState)

    def call_next(self, hall: str, window: str, key: str) -> TicketCalled | None:
        """See ``CentralServer``."""
        status, body = self._ask("POST", f"/v1/halls/{hall}/windows/{window}/call-next", key=key)
        return None if status == httpx2.codes.NO_CONTENT else decoded(body, TicketCalled)

    def reserve_block(self, hall: str, window: str, request: ReserveBlock, key: str) -> ReservedBlock:
        """See ``CentralServer``."""
        return self._post(f"/v1/halls/{hall}/windows/{window}/block", request, ReservedBlock, key)

    def _post(
        self,
        path: str,
        message: Message | msgspec.Raw,
        answer: type[M],
        key: str | None = None,
        *,
        longer_s: float = 0.0,
    ) -> M:
        content = msgspec.json.encode(message)
        _, body = self._ask("POST", path, content=content, key=key or new_id(self._clock), longer_s=longer_s)
        return decoded(body, answer)

    def _get(self, path: str, query: dict[str, str | int], answer: type[M]) -> M:
        _, body = self._ask("GET", path, params=query)
        return decoded(body, answer)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        more: Mapping[str, str] | None = None,
        longer_s: float = 0.0,
        **parts: Any,
    ) -> tuple[int, bytes]:
        """Return status and body of a good answer; ``more`` are headers beside the usual ones.

        Raises:
            Refused: the server said no.
            Unreachable: no answer.
            NotOurServer: an answer that no server of this product gives.
        """
        whole = path == SNAPSHOT or (method == "GET" and path.startswith("/v1/blobs/"))
        timeout = httpx2.Timeout(SNAPSHOT_S if whole else self.answer_s + longer_s, connect=self.connect_s)
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        headers.update(more or {})
        try:
            with self._client.stream(method, path, headers=headers, timeout=timeout, **parts) as response:
                body = _bounded(response, MAX_SNAPSHOT if whole else MAX_ANSWER)
        except (httpx2.HTTPError, RuntimeError) as error:
            # RuntimeError: a broken stream, or the client was closed because another thread reconnected.
            raise Unreachable(type(error).__name__) from error
        if not response.is_success:
            raise _refusal(response.status_code, body, retry_after(response.headers))
        return response.status_code, body

    def _connected(self) -> httpx2.Client:
        return httpx2.Client(
            base_url=self._base_url,
            headers={"Authorization": f"Bearer {self._token}"},
            transport=self._transport,
            # A proxy of the desktop has no business between a counter and the server of its own hall.
            trust_env=False,
            verify=_trusted(),
        )


@cache
def _trusted() -> ssl.SSLContext:
    """Return whose certificates are believed: read once, for that takes longer than all else of a new connection."""
    return httpx2.create_ssl_context(trust_env=False)


def _bounded(response: httpx2.Response, limit: int) -> bytes:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > limit:
            raise Unreachable("answer_too_large")
    return bytes(body)


def decoded(body: bytes, answer: type[M]) -> M:
    """Return the message; raises ``NotOurServer`` for anything else."""
    try:
        return msgspec.json.decode(body, type=answer)
    except _NO_MESSAGE as error:
        logger.warning("http.not_our_server answer=%s", answer.__name__)
        raise NotOurServer("not_our_server") from error


def _refusal(status: int, body: bytes, wait_s: float | None) -> Refused | Unreachable:
    """Return the server's "no"; whatever else answers there, a proxy or another program, is not the server."""
    try:
        refusal = msgspec.json.decode(body, type=Refusal)
    except _NO_MESSAGE:
        logger.warning("http.not_our_server status=%d", status)
        if status == httpx2.codes.SERVICE_UNAVAILABLE and wait_s is not None:
            return Unreachable("not_now", retry_after_s=wait_s)
        return NotOurServer("not_our_server", retry_after_s=wait_s)
    return Refused(refusal.error, status, expected_seq=refusal.expected_seq, line=refusal.line, retry_after_s=wait_s)

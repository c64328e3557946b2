"""Section 13: the stream."""

import json
from typing import Any

from answers import HALL


def test_the_stream_says_where_the_feed_stands_and_nothing_else(lone_hall: Any) -> None:
    """13.1 At once, and after every change."""
    counter = lone_hall.counter("A01")
    began = counter.server.snapshot(HALL).cursor
    headers = {"Authorization": "Bearer token-A01", "Accept": "text/event-stream"}
    with lone_hall.http.stream("GET", f"/v1/halls/{HALL}/stream", headers=headers) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        hints = (json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line)
        assert next(hints) == {"hall": HALL, "head": began}
        counter.push(counter.accepted())
        told = next(hints)
        assert told.keys() == {"hall", "head"}
        assert told["head"] == counter.server.snapshot(HALL).cursor > began


def test_a_stream_is_of_the_tokens_own_hall(lone_hall: Any) -> None:
    """13.1 It is refused as the feed itself is."""
    headers = {"Authorization": "Bearer token-A01"}
    assert lone_hall.http.get("/v1/halls/9902/stream", headers=headers).status_code in {403, 404}

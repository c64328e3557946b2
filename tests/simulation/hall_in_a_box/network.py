"""Between a window and the server: requests and answers that are lost, doubled, late, or overtake one another."""

from collections.abc import Callable

from hall_in_a_box.misfortune import Weather
from hall_in_a_box.timeline import IDLE, SECOND, Timeline
from sync.protocol.interface import Unreachable

TIMEOUT_MS = 10 * SECOND
Reply = Callable[[bytes | None], bool | None]
"""Takes the answer, or None at the timeout; returns ``IDLE`` where that says nothing new."""


class Network:
    """``serve`` is the server's end: bytes to bytes, or None while it is down."""

    def __init__(self, timeline: Timeline, weather: Weather, serve: Callable[[bytes], bytes | None]) -> None:
        self._timeline = timeline
        self.weather = weather
        self._serve = serve
        self._cut_off: dict[str, int] = {}

    def cut_off(self, party: str) -> None:
        self._cut_off.setdefault(party, self._timeline.now_ms)

    def heal(self, party: str) -> None:
        self._cut_off.pop(party, None)

    def heal_all(self) -> None:
        self._cut_off.clear()

    def unheard_ms(self, party: str) -> int:
        """Return for how long the party has been cut off; 0 where it is not."""
        return self._timeline.now_ms - self._cut_off.get(party, self._timeline.now_ms)

    def send(self, sender: str, data: bytes, reply: Reply) -> None:
        """Send; ``reply`` gets the answer's bytes, or None at the timeout. An answer may come late or twice."""
        self._timeline.after(TIMEOUT_MS, lambda: reply(None))
        if sender in self._cut_off or self._timeline.happens(self.weather.lose_request):
            return
        self._timeline.after(self._delay(), lambda: self._arrive(sender, data, reply))
        if self._timeline.happens(self.weather.double_request):
            self._timeline.after(self._delay(), lambda: self._arrive(sender, data, reply))

    def ask(self, sender: str, data: bytes) -> bytes:
        """Send and wait, all in this instant.

        Raises:
            Unreachable: the request or the answer got lost; the request may still arrive later.
        """
        if sender in self._cut_off or self._timeline.happens(self.weather.lose_request):
            raise Unreachable
        slow = self._timeline.happens(self.weather.slow)
        if slow or self._timeline.happens(self.weather.double_request):
            self._timeline.after(self._delay(), lambda: self._arrive(sender, data, lambda _late: IDLE))
        if slow:
            raise Unreachable
        answer = self._serve(data)
        if answer is None or self._timeline.happens(self.weather.lose_answer):
            raise Unreachable
        return answer

    def _arrive(self, sender: str, data: bytes, reply: Reply) -> None:
        if sender in self._cut_off:
            return
        answer = self._serve(data)
        if answer is not None and not self._timeline.happens(self.weather.lose_answer):
            self._timeline.after(self._delay(), lambda: self._return(sender, answer, reply))

    def _return(self, sender: str, answer: bytes, reply: Reply) -> bool | None:
        return IDLE if sender in self._cut_off else reply(answer)

    def _delay(self) -> int:
        if self._timeline.happens(self.weather.slow):
            return self._timeline.between(SECOND, 2 * TIMEOUT_MS)
        return self._timeline.between(1, 80)

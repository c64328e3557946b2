"""What may go wrong, how often, and the power cable of one machine."""

from dataclasses import dataclass

from hall_in_a_box.disk import Cut, PowerCut
from hall_in_a_box.timeline import Timeline


@dataclass
class Weather:
    """Probabilities: of a request or its answer, of a commit or a call, and every twenty seconds."""

    lose_request: float = 0.04
    lose_answer: float = 0.04
    double_request: float = 0.06
    slow: float = 0.06
    power_cut: float = 0.003
    partition: float = 0.2
    crash: float = 0.06
    long_partition: float = 0.01
    disk_full: float = 0.03
    clock_jump: float = 0.03
    pages_run_out: bool = False
    """Whether a full disk already refuses a statement: when that is, hangs on how the store lies on its disk."""
    backup: float = 0.04
    lost_disk: float = 0.01
    copied_disk: float = 0.06
    other_disk: float = 0.03

    def clear_up(self) -> None:
        """From now on nothing goes wrong."""
        for name in self.__dataclass_fields__:
            setattr(self, name, type(getattr(self, name))())


class Power:
    """Fails at the worst moments: at a commit, and around a call to the server."""

    def __init__(self, timeline: Timeline, weather: Weather) -> None:
        self._timeline = timeline
        self._weather = weather

    def at_commit(self) -> Cut | None:
        if not self._timeline.happens(self._weather.power_cut):
            return None
        return Cut.BEFORE if self._timeline.happens(0.5) else Cut.AFTER

    def at_call(self) -> None:
        if self._timeline.happens(2 * self._weather.power_cut):
            raise PowerCut("around a call")

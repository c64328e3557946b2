"""The disk of a counter fails, is restored from an old copy, or an old copy is started by mistake (ADR 0027)."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import count
from pathlib import Path

from app.domain.renewal import Why
from app.storage.renewal import Keys, make_anew
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.image import KEY, put_back, write_image
from hall_in_a_box.seen import Seen
from hall_in_a_box.timeline import IDLE, SECOND, Timeline


class Loss(StrEnum):
    """What became of a disk."""

    REBUILT = "its store is made anew"
    RESTORED = "it is restored from a copy"
    CLONED = "an old copy of it is started"


SAYS = {
    Loss.REBUILT: Seen.COUNTER_REBUILT,
    Loss.RESTORED: Seen.COUNTER_RESTORED,
    Loss.CLONED: Seen.COUNTER_CLONED,
}
TRIES = 30
"""So often it is looked whether a window is at rest, before the matter is dropped."""


class OtherLives:
    """Copies the disks of windows at rest, and puts copies back.

    ``at_rest`` says whether a window has nobody and nothing that is not told; ``told`` hears what became of a disk
    before its program starts.
    """

    def __init__(
        self,
        timeline: Timeline,
        folder: Path,
        at_rest: Callable[[CounterMachine], bool],
        told: Callable[[CounterMachine, Loss], None],
    ) -> None:
        self._timeline = timeline
        self._folder = folder
        self._at_rest = at_rest
        self._told = told
        self._images: dict[str, Path] = {}
        self._names = (folder / f"{number}.db" for number in count(1))

    def keep_image(self, machines: Sequence[CounterMachine], tries: int = TRIES) -> bool:
        """Copy the disk of one that is at rest, as soon as one is."""
        quiet = [each for each in machines if self._at_rest(each)]
        if not quiet:
            return self._later(lambda: self.keep_image(machines, tries - 1), tries)
        machine = self._timeline.chance.choice(quiet)
        write_image(machine.disk, path := next(self._names))
        self._images[machine.window] = path
        self._timeline.note(machine.window, "its disk is copied")
        return True

    def befall(self, machines: Sequence[CounterMachine]) -> None:
        """Let something become of a disk: of any, or of one that was copied and is at rest."""
        kind = self._timeline.chance.choice(list(Loss))
        if kind is not Loss.REBUILT:
            self._set_back(kind, machines, TRIES)
            return
        machine = self._timeline.chance.choice(machines)
        if machine.running is not None:
            machine.off("its disk is damaged")
            self._back(machine, kind, self._made_anew(machine, Why.DAMAGED))

    def _set_back(self, kind: Loss, machines: Sequence[CounterMachine], tries: int) -> bool:
        copied = [each for each in machines if each.window in self._images and self._at_rest(each)]
        if not copied:
            return self._later(lambda: self._set_back(kind, machines, tries - 1), tries)
        machine = self._timeline.chance.choice(copied)
        machine.off("its disk is gone")
        old = self._images.pop(machine.window)
        self._back(machine, kind, self._from(old, machine, Why.RESTORED) if kind is Loss.RESTORED else old)
        return True

    def _later(self, again: Callable[[], bool], tries: int) -> bool:
        if tries:
            self._timeline.after(3 * SECOND, again)
        return IDLE

    def rebuild(self, machine: CounterMachine) -> None:
        """Make the store of a counter anew that the server does not take any more."""
        if machine.at_odds:
            machine.off("is registered again")
            self._back(machine, Loss.REBUILT, self._made_anew(machine, Why.DAMAGED))

    def _made_anew(self, machine: CounterMachine, why: Why) -> Path:
        write_image(machine.disk, path := next(self._names))
        return self._from(path, machine, why)

    def _from(self, source: Path, machine: CounterMachine, why: Why) -> Path:
        target = next(self._names)
        make_anew(source, target, Keys(KEY, machine.device_seed), machine.clock, why, folder="")
        return target

    def _back(self, machine: CounterMachine, kind: Loss, path: Path) -> None:
        self._told(machine, kind)
        machine.unproved = kind is Loss.CLONED
        put_back(path, machine.disk, encrypted=machine.encrypted)
        self._timeline.seen[SAYS[kind]] += 1
        self._timeline.note(machine.window, kind.value)
        machine.boot_after(self._timeline.between(5 * SECOND, 30 * SECOND))

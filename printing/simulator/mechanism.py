"""The simulated printer without its line: a buffer, a roll, a cover, a cutter, and what it says of them."""

from collections import deque
from dataclasses import dataclass

from printing.simulator.charset import Charset
from printing.simulator.faults import ON_THE_LINE, Fault, FaultKind
from printing.simulator.paper import Roll
from printing.simulator.parser import Command, Kind, Parser
from printing.simulator.tray import Tray

_WELL = 0x12
_OFFLINE, _COVER, _PAPER_STOP, _ERROR, _CUTTER, _NEAR_END, _PAPER_END = 0x08, 0x04, 0x20, 0x40, 0x08, 0x0C, 0x60


@dataclass(slots=True)
class Condition:
    """What a person standing before the printer would see."""

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter_worn: bool = False
    cutter_jammed: bool = False
    silent: bool = False
    switched_off: bool = False
    bytes_per_second: int | None = None

    @property
    def stands_still(self) -> bool:
        """Whether it is offline; it then keeps what it has received."""
        return self.paper_out or self.cover_open or self.cutter_jammed or self.switched_off

    def answer(self, n: int) -> int:
        """Return the answer to ``DLE EOT n``."""
        match n:
            case 1:
                bits = _OFFLINE if self.stands_still else 0
            case 2:
                bits = _COVER * self.cover_open | _PAPER_STOP * self.paper_out | _ERROR * self.cutter_jammed
            case 3:
                bits = _CUTTER * self.cutter_jammed
            case _:
                bits = _NEAR_END * (self.near_end or self.paper_out) | _PAPER_END * self.paper_out
        return _WELL | bits

    def paper_answer(self) -> int:
        """Return the answer to ``GS r``."""
        return 0x03 if self.near_end else 0x00


class Mechanism:
    """Takes bytes and time, gives answers, papers and pulses to a cash drawer. Not safe for two threads at once."""

    def __init__(self, width: int, charset: Charset, tray: Tray) -> None:
        self.condition = Condition()
        self.armed: list[Fault] = []
        self.tray = tray
        self._roll = Roll(width, charset)
        self._parser = Parser()
        self._queue: deque[Command] = deque()
        self.drawer_pulses = 0
        self._credit = 0.0

    @property
    def idle(self) -> bool:
        """Whether there is nothing to print, or nothing can be printed now."""
        return not self._queue or self.condition.stands_still

    @property
    def queued_bytes(self) -> int:
        """Received and not printed yet."""
        return sum(len(command.raw) for command in self._queue)

    @property
    def uncut_rows(self) -> int:
        """Rows of dots printed since the last cut."""
        return self._roll.rows

    def connected(self) -> None:
        """Begin a new stream: half a command of the connection before is not completed by this one."""
        self._parser = Parser()

    def receive(self, data: bytes) -> bytes:
        """Take bytes of the line and return the real-time answers, which wait for nothing that is buffered."""
        answers = bytearray()
        for command in self._parser.feed(data):
            if command.kind is Kind.STATUS:
                answers.append(self.condition.answer(command.args[0]))
            else:
                self._queue.append(command)
        return b"" if self.condition.silent else bytes(answers)

    def work(self, elapsed_ms: int) -> bytes:
        """Print what the time allows and return the answers that stood in the queue."""
        answers = bytearray()
        speed = self.condition.bytes_per_second
        self._credit = self._credit + elapsed_ms * speed / 1000 if speed and self._queue else 0.0
        while not self.idle:
            size = len(self._queue[0].raw)
            if self.condition.bytes_per_second:
                if self._credit < size:
                    break
                self._credit -= size
            answers += self._do(self._queue[0])
        return b"" if self.condition.silent else bytes(answers)

    def lose_buffer(self) -> None:
        """Forget everything but the paper, as without power."""
        self._queue.clear()
        self._parser = Parser()
        self._roll.forget()

    def arm(self, fault: Fault) -> None:
        """Let a fault strike now or later."""
        self.armed.append(fault)
        self._strike()

    def mend(self) -> None:
        """Load paper, close the cover, free the cutter, switch on; what is buffered goes on."""
        self.armed.clear()
        self.condition = Condition()

    def _do(self, command: Command) -> bytes:
        if command.kind is Kind.CUT and self.condition.cutter_worn:
            self.condition.cutter_jammed = True
            return b""
        self._queue.popleft()
        self.drawer_pulses += command.kind is Kind.DRAWER
        rows = self._roll.rows
        paper = self._roll.take(command)
        if paper is not None:
            self.tray.add(paper)
        for fault in self.armed:
            if fault.kind not in ON_THE_LINE:
                fault.count(len(command.raw), max(0, self._roll.rows - rows))
        self._strike()
        return bytes((self.condition.paper_answer(),)) if command.kind is Kind.ASK_PAPER else b""

    def _strike(self) -> None:
        due = [fault for fault in self.armed if fault.due and fault.kind not in ON_THE_LINE]
        self.armed = [fault for fault in self.armed if fault not in due]
        for fault in due:
            self._apply(fault)

    def _apply(self, fault: Fault) -> None:
        match fault.kind:
            case FaultKind.PAPER_OUT:
                self.condition.paper_out = True
            case FaultKind.NEAR_END:
                self.condition.near_end = True
            case FaultKind.COVER_OPEN:
                self.condition.cover_open = True
            case FaultKind.CUTTER:
                self.condition.cutter_worn = True
            case FaultKind.SILENT:
                self.condition.silent = True
            case _:
                self.condition.bytes_per_second = fault.bytes_per_second

"""What the ways out of a printer's fault do to the store; off the GUI thread."""

from app.ports.spool import PrintWay
from app.usecases.divert_print import divert_print
from app.usecases.write_by_hand import write_by_hand
from ui.screens.counter.acts import Done, look
from ui.screens.counter.parts import CounterParts


def divert(parts: CounterParts, job_id: str, way: PrintWay, reason: str) -> Done:
    """改打: the thread of the other way takes it from here."""
    divert_print(parts.store, job_id, way, reason, parts.clerk)
    wake = parts.wake_other if way is PrintWay.OTHER else parts.wake_a4
    wake()
    parts.wake_sync()
    return look(parts)


def by_hand(parts: CounterParts, job_id: str, reason: str) -> Done:
    """手写单: the clerk wrote the paper by hand."""
    write_by_hand(parts.store, job_id, reason, parts.clerk)
    parts.wake_sync()
    return look(parts)

"""What the thermal printer made of the bytes: the real spooler on the simulated printer, until the queue is empty."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from app.commands.slip_encoding import encoder
from app.commands.system_clock import SystemClock
from app.storage.spool import CounterSpool
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.spooler import Spooler
from printing.thermal import cut_off
from printing.transport import open_printer

PROFILE = PrinterProfile("gbk", 48, 576)


def printed_papers(database: Any, wait: Callable[[Callable[[], bool]], None]) -> list[str]:
    """Print all that waits in a counter's spool; return the text of each paper without spaces, oldest first.

    ``wait`` waits for a condition with a limit of its own.
    """
    with _printer(database) as (simulator, spooler):
        spooler.start()
        wait(lambda: _settled(database))
        papers = simulator.handle({"do": "papers"})["papers"]
    assert [each["violations"] for each in papers] == [[]] * len(papers)
    return ["".join(each["text"].split()) for each in papers]


@contextmanager
def _printer(database: Any) -> Any:
    simulator = PrinterSimulator("127.0.0.1", 0, SystemClock())
    simulator.start()
    line = open_printer("tcp://{}:{}".format(*simulator.address), SystemClock())
    spooler = Spooler(
        CounterSpool(database), line, encoder(PROFILE), SystemClock(), lambda _: None, cut_off=cut_off(PROFILE)
    )
    try:
        yield simulator, spooler
    finally:
        spooler.stop()
        simulator.stop()


def _settled(database: Any) -> bool:
    """Say whether nothing waits or is under way, by one look: a job that was begun may wait again."""
    with database.read() as connection:
        return (
            connection.exec_driver_sql("SELECT count(*) FROM print_job WHERE state IN ('queued', 'sending')").scalar()
            == 0
        )

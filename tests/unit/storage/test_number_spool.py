"""The guide desk's spool: in memory, in order, and never stuck behind a paper that somebody looked after."""

from app.domain.number_slip import NUMBER_SLIP
from app.ports.spool import JobState
from app.storage.number_spool import NumberSpool


class CountingClock:
    def __init__(self) -> None:
        self.made = 0

    def now_ms(self) -> int:
        return 1_000

    def monotonic_ms(self) -> int:
        return 1_000

    def random_bytes(self, count: int) -> bytes:
        self.made += 1
        return self.made.to_bytes(count, "big")


def spool() -> NumberSpool:
    return NumberSpool(CountingClock())


def taken(spool: NumberSpool) -> str:
    job = spool.next_queued()
    assert job is not None
    assert spool.claim(job.job_id)
    return job.job_id


def test_papers_go_out_in_order_and_one_at_a_time() -> None:
    numbers = spool()
    first, second = numbers.add({"n": 1}), numbers.add({"n": 2}, reprint=3)
    assert taken(numbers) == first
    assert numbers.next_queued() is None, "nothing overtakes a paper on the wire"
    assert not numbers.claim(first)
    numbers.mark(first, JobState.PRINTED)
    job = numbers.next_queued()
    assert job is not None
    assert (job.job_id, job.slip, job.document, job.reprint) == (second, NUMBER_SLIP, {"n": 2}, 3)


def test_a_paper_in_doubt_holds_the_next_until_somebody_looked() -> None:
    numbers = spool()
    first, second = numbers.add({"n": 1}), numbers.add({"n": 2})
    taken(numbers)
    numbers.mark(first, JobState.UNKNOWN)
    assert numbers.next_queued() is None
    numbers.forget_doubt()
    assert taken(numbers) == second
    assert not numbers.torn_before(second), "it came out whole"


def test_who_prints_on_has_looked_and_what_hangs_in_the_printer_is_cut_off_once() -> None:
    numbers = spool()
    first = numbers.add({"n": 1})
    taken(numbers)
    numbers.mark(first, JobState.UNKNOWN)
    again = numbers.add({"n": 1}, reprint=1)
    assert taken(numbers) == again
    assert numbers.torn_before(again)
    numbers.mark(again, JobState.PRINTED)
    last = numbers.add({"n": 2})
    assert not numbers.torn_before(last)


def test_a_paper_the_line_never_took_goes_again() -> None:
    numbers = spool()
    first = numbers.add({"n": 1})
    taken(numbers)
    numbers.mark(first, JobState.QUEUED)
    assert taken(numbers) == first
    assert [job.job_id for job in numbers.recover()] == [first], "on the wire when the thread began anew: in doubt"
    assert numbers.next_queued() is None

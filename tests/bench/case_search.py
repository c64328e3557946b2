"""The F7 box over a store with 100,000 cases, in the encrypted file: what a token of any kind costs."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from figures import Figure, percentile

from app.commands.system_clock import SystemClock
from app.domain.case import Case, CaseState
from app.domain.case_search import tokens
from app.storage.opening import open_file
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore

CASES = 100_000
BATCH = 5_000
ROUNDS = 20
LIMIT_MS = 10.0
SINCE = "2026-10-24"
SHOWN = 60
TYPED = ("c 1123", "s 1113", "0187", "z gtgs", "cm 2026", "a 9901", "00174", "b spjy 0015")
"""Rare and common tokens, alone and together, with and without hits."""

_FAMILIES = "陈李王张刘杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "一二三四五六七八九十"
_ITEMS = ("个体工商户设立登记", "食品经营许可（新办）", "道路货物运输经营许可", "居住证申领", "城乡居民医保参保登记")


def measure() -> list[Figure]:
    """Fill a store, then search it; one figure, over all kinds of tokens."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder:
        database = open_file(Path(folder) / "counter.db", bytes(range(32)), clock)
        store = CounterStore(database, clock, Ed25519Signer(bytes(range(32))))
        for first in range(0, CASES, BATCH):
            with store.begin() as work:
                for n in range(first, first + BATCH):
                    work.put_case(_case(n))
        spent = [_search(store, typed) for _ in range(ROUNDS) for typed in TYPED]
        database.close()
    how = f"{len(TYPED)} kinds of tokens, {ROUNDS} times each, {CASES:,} cases"
    return [Figure("search of cases, 95th percentile", percentile(spent, 0.95), "ms", LIMIT_MS, how)]


def _search(store: CounterStore, typed: str) -> float:
    wanted = tokens(typed)
    began = time.perf_counter()
    with store.read() as view:
        view.find_cases(wanted, SINCE, SHOWN)
    return (time.perf_counter() - began) * 1000


def _case(n: int) -> Case:
    day = f"2026{11 - n // 60_000:02}{n // 3_000 % 28 + 1:02}"
    name = _FAMILIES[n % len(_FAMILIES)] + _GIVEN[n // 7 % 10] + _GIVEN[n // 11 % 10]
    model = Case(
        case_id=f"case-{n:06}",
        case_no=f"9901-{n // 250_000 + 3:04}-{day}-{n % 3_000:04}-{n % 10}",
        hall="9901",
        window="A01",
        counter="0003",
        business_date=f"{day[:4]}-{day[4:6]}-{day[6:]}",
        item_id="ITM-01",
        item_name=_ITEMS[n % len(_ITEMS)],
        catalogue_version=1,
        department="D-SJ",
        state=CaseState.ACCEPTED,
        rev=1,
        applicant={"name": name, "number": f"9901011990{n % 10_000_000:07}{n % 10}", "phone": f"154{n:08}"},
        agent=None,
        answers={},
        verdicts={},
        form={},
        clerk="0301",
        first_clerk="0301",
        accepted_ms=1_795_395_600_000 + n,
        accepted_on=f"{day[:4]}-{day[4:6]}-{day[6:]}",
        promised_due="2026-12-03",
        statutory_due=None,
        provisional=False,
        doc_no=f"文{n}",
        query_code="0000",
        rating_token=f"{n:032}",
    )
    return replace(model, state=CaseState.DELIVERED) if n % 3 else model

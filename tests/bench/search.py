"""How long a key waits for its hits while an item is searched among five thousand."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from figures import Figure, median, percentile

from app.domain.catalogue.gate import build
from app.domain.catalogue.item import Item
from app.domain.catalogue.search import ItemIndex
from app.storage.pinyin import readings
from sync.server.catalogue_yaml import read

ROOT = Path(__file__).resolve().parents[2]
ITEMS = 5_000
LIMIT_MS = 10
TYPED = ("g", "gt", "gtg", "gtgs", "s", "sh", "shang", "xk", "dl", "许可", "zzzz")


def measure() -> list[Figure]:
    """Search for what clerks type, letter by letter, and for what fits nothing."""
    index = ItemIndex(_many(), readings)
    index.find("g", (), {})
    took = []
    for typed in TYPED * 3:
        began = time.perf_counter()
        index.find(typed, ("ITM-1", "ITM-2"), {})
        took.append((time.perf_counter() - began) * 1000)
    how = f"{len(TYPED)} searches among {ITEMS} items"
    return [
        Figure("item search, median", median(took), "ms", None, how),
        Figure("item search, p95", percentile(took, 0.95), "ms", LIMIT_MS, how),
    ]


def _many() -> Iterator[Item]:
    document = read((ROOT / "resources" / "catalogue" / "demo-9901.yaml").read_bytes()).document
    items = list(build(document).items.values())
    for n in range(ITEMS):
        item = items[n % len(items)]
        yield replace(item, id=f"ITM-{n}", name=f"{item.name}{n}")

"""Makes cases findable: number and item by clear words, persons by marks that mean nothing without the key."""

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.case_search import TAIL, words_of
from sync.server.service.context import Context
from sync.server.service.initials import first_letters
from sync.server.storage import case_words
from sync.server.storage.case_words import Words
from sync.server.storage.cases import MirroredCase
from sync.server.storage.cipher import SealBroken
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

CLEAR, MARKED = b"\x00", b"\x01"
"""What a word begins with: number and item stand in clear beside the sealed record anyway."""
LONGEST = 30
"""Signs of a word that count."""
SHORTEST_TAIL = 2
"""The end of an identity or phone number is found by so many of its signs at least."""
BATCH = 500


def words_of_case(context: Context, case: MirroredCase, record: Mapping[str, Any]) -> Words:
    """Return what a case is found by; ``record`` is the whole ``Case`` as JSON."""
    return Words(case.hall, case.case_id, frozenset(_words(context, case, record)))


def mark(context: Context, hall: str, word: str) -> bytes:
    """Return the word under which the beginning of a person's word is kept."""
    return MARKED + context.cipher.mark(word.encode(), f"case-word/{hall}")


def clear(word: str) -> bytes:
    """Return the word under which number and item are kept."""
    return CLEAR + word[:LONGEST].encode()


def index_missing(context: Context) -> int:
    """Index the cases of before there was an index; returns how many there were."""
    done = 0
    while True:
        batch = context.storage.read(lambda connection: case_words.unindexed(connection, BATCH))
        if not batch:
            break

        def work(connection: Transaction, batch: list[tuple[MirroredCase, bytes]] = batch) -> None:
            words = [words_of_case(context, case, opened(context, case, sealed)) for case, sealed in batch]
            case_words.add(connection, words)

        context.storage.write(work)
        done += len(batch)
    if done:
        logger.info("cases.indexed count=%d", done)
    return done


def opened(context: Context, case: MirroredCase, sealed: bytes) -> Mapping[str, Any]:
    """Return the whole record; an empty one where it cannot be read, which is told in the log."""
    try:
        record = json.loads(context.cipher.open(sealed, f"case/{case.hall}/{case.case_id}"))
    except (SealBroken, ValueError):
        logger.warning("cases.unreadable hall=%s case=%s", case.hall, case.case_id)
        return {}
    return record if isinstance(record, dict) else {}


def _words(context: Context, case: MirroredCase, record: Mapping[str, Any]) -> Iterator[bytes]:
    for word in words_of(str(record.get("item_name", "")), case.case_no, [], first_letters).split():
        yield clear(word)
    persons = [each for each in (record.get("applicant"), record.get("agent")) if isinstance(each, dict)]
    for word in words_of("", "", persons, first_letters).split():
        shortest = SHORTEST_TAIL if len(word) == TAIL and not word.isalpha() else 1
        for end in range(shortest, min(len(word), LONGEST) + 1):
            yield mark(context, case.hall, word[:end])

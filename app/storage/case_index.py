"""The index behind the F7 box: one line of words a case, and SQLite's full text over them, in the encrypted file."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, text

from app.domain.case import Case
from app.domain.case_search import case_words
from app.storage.pinyin import readings
from app.storage.tables import CASE

_KNOWN = text("SELECT n, words FROM case_search WHERE case_id = :case_id")
_ADD = text(
    "INSERT INTO case_search (case_id, words) VALUES (:case_id, :words) ON CONFLICT (case_id) DO NOTHING RETURNING n"
)
_CHANGE = text("UPDATE case_search SET words = :words WHERE n = :n")
_FORGET_WORDS = text("INSERT INTO case_words (case_words, rowid, words) VALUES ('delete', :n, :words)")
_ADD_WORDS = text("INSERT INTO case_words (rowid, words) VALUES (:n, :words)")
# CROSS JOIN keeps the index in front: its rows come newest first, and the walk ends at the limit.
_COLUMNS = ", ".join(f'case_record."{name}"' for name in CASE.columns.keys())  # noqa: SIM118 - not a mapping
_FIND = text(
    f"SELECT {_COLUMNS} FROM case_words "  # noqa: S608 - names of this program's own table
    "CROSS JOIN case_search ON case_search.n = case_words.rowid "
    "CROSS JOIN case_record ON case_record.case_id = case_search.case_id "
    "WHERE case_words MATCH :wanted AND (case_record.urgency IS NOT NULL OR case_record.business_date >= :since) "
    "ORDER BY case_words.rowid DESC LIMIT :most"
).columns(*CASE.c)


def index(connection: Connection, case: Case) -> None:
    """Make a case findable; nothing is written while its words stay the same."""
    words = case_words(case, readings)
    n = connection.execute(_ADD, {"case_id": case.case_id, "words": words}).scalar_one_or_none()
    if n is None:
        known = connection.execute(_KNOWN, {"case_id": case.case_id}).one()
        if known.words == words:
            return
        n = known.n
        connection.execute(_FORGET_WORDS, {"n": n, "words": known.words})
        connection.execute(_CHANGE, {"n": n, "words": words})
    connection.execute(_ADD_WORDS, {"n": n, "words": words})


def find(connection: Connection, tokens: Sequence[str], since: str, limit: int) -> Sequence[RowMapping]:
    """Return the rows of ``DeskReading.find_cases``; ``tokens`` hold small letters and digits only."""
    wanted = " AND ".join(f'"{each}"*' for each in tokens)
    return connection.execute(_FIND, {"wanted": wanted, "since": since, "most": limit}).mappings().all()

"""What cases are found by (F7), the pauses of this window, and what was handed over at the end of a shift."""

import json

import sqlalchemy as sa
from alembic import op

from app.domain.case_search import words_of
from app.storage.migrations.only_up import refuse_downgrade
from app.storage.pinyin import readings

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and fill the index from the cases that are there."""
    op.create_table(
        "case_search",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("case_id"),
    )
    op.execute(
        "CREATE VIRTUAL TABLE case_words USING fts5"
        "(words, content='case_search', content_rowid='n', detail=none, prefix='1 2 3 4')"
    )
    op.create_table(
        "pause",
        sa.Column("started_ms", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("ended_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("started_ms"),
    )
    op.create_table(
        "handover",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    cases = connection.exec_driver_sql(
        "SELECT case_id, item_name, case_no, applicant, agent FROM case_record ORDER BY accepted_ms, case_id"
    ).fetchall()
    for case_id, item_name, case_no, *persons in cases:
        known = [json.loads(each) for each in persons if each]
        words = words_of(item_name, case_no, known, readings)
        connection.exec_driver_sql("INSERT INTO case_search (case_id, words) VALUES (?, ?)", (case_id, words))
    connection.exec_driver_sql("INSERT INTO case_words (case_words) VALUES ('rebuild')")


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()

"""What the pages need: enrolment links, device cookies, ratings."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "page_enrolment",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "token_hash", name=op.f("pk_page_enrolment")),
    )
    op.create_index(op.f("ix_page_enrolment_token_hash"), "page_enrolment", ["token_hash"], unique=False)
    op.create_table(
        "page_cookie",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("cookie_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "cookie_hash", name=op.f("pk_page_cookie")),
    )
    op.create_index(op.f("ix_page_cookie_cookie_hash"), "page_cookie", ["cookie_hash"], unique=False)
    op.create_table(
        "rating",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("department", sa.String(length=32), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=True),
        sa.Column("sealed_comment", sa.LargeBinary(), nullable=True),
        sa.Column("rated_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "token_hash", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_token_hash"), "rating", ["token_hash"], unique=False)
    op.create_index(op.f("ix_rating_hall_clerk_rated_ms"), "rating", ["hall", "clerk", "rated_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()

"""Which sign-ins have ended: of no workspace, so that no row-level security is on it."""

from alembic import op
from sqlalchemy import Column, Integer, String

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "departure",
        Column("sign_in", String(64), primary_key=True),
        Column("at", Integer, nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("departure")

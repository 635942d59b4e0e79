"""The audit table says whose role was given or taken."""

from alembic import op
from sqlalchemy import Column, String

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; entries from before it do not say."""
    op.add_column("audit", Column("whom", String(254)))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("audit", "whom")

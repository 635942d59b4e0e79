"""Of each sign-in is kept when it last did something, not only that it has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Give the table its wider name and the column; what is in it has ended."""
    op.rename_table("departure", "sign_in")
    op.add_column("sign_in", sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    """Take both back; what has not ended is no departure."""
    op.execute(sa.text("DELETE FROM sign_in WHERE NOT ended"))
    op.drop_column("sign_in", "ended")
    op.rename_table("sign_in", "departure")

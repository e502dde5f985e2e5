"""What was done on a tablet is known by its words as well

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Room for a fingerprint of the words. What was done before has none."""
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fingerprint", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Without it, by its id alone."""
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.drop_column("fingerprint")

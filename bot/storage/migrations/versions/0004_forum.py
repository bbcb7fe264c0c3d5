"""A channel in which members ask: a forum, or a text channel with threads."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choice of that channel."""
    op.execute("ALTER TABLE servers ADD COLUMN help_channel_id INTEGER")

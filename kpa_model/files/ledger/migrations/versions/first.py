"""The first tables: entries that only grow, and the names of people."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE TRIGGER ledger_unchanged BEFORE UPDATE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    """CREATE TRIGGER ledger_kept BEFORE DELETE ON ledger_entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
)
_POSTGRES = (
    """CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$""",
    """CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()""",
    """CREATE TRIGGER ledger_whole BEFORE TRUNCATE ON ledger_entries EXECUTE FUNCTION ledger_only_grows()""",
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    op.create_table(
        "ledger_entries",
        sa.Column("ledger", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "kind", "payload", "previous", "fingerprint")),
        sa.Column("key", sa.Text),
        sa.UniqueConstraint("ledger", "key"),
    )
    op.create_table(
        "ledger_people",
        sa.Column("ledger", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)

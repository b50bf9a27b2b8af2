"""Run the migrations inside the connection, and the transaction, of who asks."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="ledger_version")
context.run_migrations()

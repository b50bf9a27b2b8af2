"""Run the migrations inside the connection, and the transaction, of who asks."""

from alembic import context

from kpa_model.files.ledger.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()

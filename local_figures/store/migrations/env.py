"""Where Alembic begins; the connection is given by `engine.open_store`, never by a file of settings."""

from alembic import context

from local_figures.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()

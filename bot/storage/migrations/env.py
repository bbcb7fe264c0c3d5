"""Alembic's entry: one connection, one transaction around all pending migrations."""

from alembic import context
from sqlalchemy import URL, create_engine, event


def _run() -> None:
    engine = create_engine(URL.create("sqlite", database=context.config.attributes["database"]))

    # SQLite's driver commits before DDL unless transactions are begun by hand.
    @event.listens_for(engine, "connect")
    def _own_transactions(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # a sqlite3.Connection

    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection=connection, transactional_ddl=False)
        context.run_migrations()
        connection.exec_driver_sql("COMMIT")
    engine.dispose()


_run()

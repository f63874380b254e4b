"""Celery's embedded transport in a file of the test's own."""

import sqlite3
from contextlib import closing


def count_messages(address: str) -> int:
    """Messages that no worker has taken yet."""
    file = address.removeprefix("sqla+sqlite:///")
    with closing(sqlite3.connect(file)) as broker:
        tables = {name for (name,) in broker.execute("SELECT name FROM sqlite_master")}
        if "kombu_message" not in tables:
            return 0
        (count,) = broker.execute("SELECT count(*) FROM kombu_message WHERE visible").fetchone()
    return int(count)

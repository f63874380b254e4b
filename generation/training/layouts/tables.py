"""Tables of labels as people and data sets write them: any delimiter, any case, any gaps."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from generation.training.layouts.layout import LayoutError

DELIMITERS = ",;\t"

Row = dict[str, str]


def read_table(path: Path, *, needs: Collection[str] = ()) -> list[Row]:
    """Rows by the column's name in lower case; cells without the blanks around them.

    Raises:
        LayoutError: if the table cannot be read or lacks a column of `needs`.
    """
    lines = _read_text(path).splitlines()
    if not lines:
        raise LayoutError(f"{path.name} is empty")
    delimiter = max(DELIMITERS, key=lines[0].count)
    try:
        reader = csv.reader(lines, delimiter=delimiter)
        columns = [column.strip().lower() for column in next(reader)]
        rows = [dict(zip(columns, map(str.strip, row), strict=False)) for row in reader if row]
    except csv.Error as error:
        raise LayoutError(f"{path.name} is not a table: {error}") from error
    missing = [column for column in needs if column not in columns]
    if missing:
        raise LayoutError(f"{path.name} has no column {' and no column '.join(missing)}")
    return [{column: row.get(column, "") for column in columns} for row in rows]


def has_columns(path: Path, columns: Collection[str]) -> bool:
    """Whether there is a table here with these columns."""
    try:
        read_table(path, needs=columns)
    except LayoutError:
        return False
    return True


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LayoutError(f"{path.name} cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets of western systems; the columns needed are plain letters in both.
        return content.decode("latin-1")

"""Files and rows cannot share a transaction: files come first, and go when the rows do not come."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)


def write_file(folder: str, name: str, data: bytes) -> str:
    """Write a new file; returns the name it is stored under."""
    return default_storage.save(f"{folder}/{name}", ContentFile(data))


@contextmanager
def files_kept_on_success(folder: str) -> Iterator[None]:
    """Remove the folder again when the block fails, whatever the failure."""
    try:
        yield
    except BaseException:
        delete_folder(folder)
        raise


def delete_folder(folder: str) -> None:
    """Remove a folder with its files; what cannot be removed is logged and left."""
    if not folder:
        return
    try:
        _, names = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in [*(f"{folder}/{name}" for name in names), folder]:
        try:
            default_storage.delete(name)
        except OSError:
            logger.exception("the image storage would not remove %s", name)

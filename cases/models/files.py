import uuid
from pathlib import PurePosixPath

from django.db import models

ROOT = "cases"


def new_folder() -> str:
    """A place in the image storage that nobody can guess, not even from the case's id."""
    return f"{ROOT}/{uuid.uuid4()}"


def place_image(instance: models.Model, filename: str) -> str:
    """Where a file goes that is saved through its field."""
    return f"{new_folder()}/{PurePosixPath(filename).name}"

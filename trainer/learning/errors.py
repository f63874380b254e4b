"""What is wrong with a curriculum, in words fit for the educator, by field."""

from typing import Any

from django.utils.translation import gettext as _


class CurriculumError(Exception):
    """A refused curriculum: `errors` nests as its fields do."""

    def __init__(self, errors: dict[str, Any]) -> None:
        self.errors = errors
        super().__init__(str(errors))


class StaleCurriculumError(Exception):
    """Somebody else has changed the curriculum since it was read."""

    def __str__(self) -> str:
        return _("Somebody else has changed this curriculum meanwhile. Load it again.")

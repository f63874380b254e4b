"""The recipes of the reference form: which cases its two parallel forms hold, in which order.

They are committed in `reference_form.json` and drawn by `scripts/draw_reference_form.py`;
`REFERENCE_FORM` names another file, so that a test reads a short form.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings

from generation.spec import CaseSpec

RECIPE_NAMESPACE: Final = UUID("f0a2c6d4-51b3-4c7e-9a86-2f4b6d1e8c35")


@dataclass(frozen=True)
class Recipe:
    """One case of a form; the same recipe has the same request id for ever, on every site."""

    form: str
    number: int
    request_id: UUID
    spec: CaseSpec

    @property
    def positive(self) -> bool:
        """Whether its case holds an actionable finding."""
        return any(lesion.actionable for lesion in self.spec.lesions)


@dataclass(frozen=True)
class ReferenceForm:
    """All recipes, by form; `edition` tells one set of recipes from another."""

    edition: str
    forms: Mapping[str, tuple[Recipe, ...]]

    @property
    def recipes(self) -> list[Recipe]:
        return [recipe for recipes in self.forms.values() for recipe in recipes]

    def measure_prevalence(self, form: str) -> float:
        """The share of a form's cases that hold an actionable finding."""
        recipes = self.forms[form]
        return sum(recipe.positive for recipe in recipes) / len(recipes)


def load_form() -> ReferenceForm:
    """Load the recipes that this site reads.

    Raises:
        SpecError: if a recipe is none.
        ValueError: if there are not two or more forms, each with a case.
    """
    return _load(Path(settings.REFERENCE_FORM))


@cache
def _load(path: Path) -> ReferenceForm:
    told: dict[str, list[dict[str, Any]]] = json.loads(path.read_text())["forms"]
    if len(told) < 2 or not all(told.values()):
        raise ValueError(f"{path} must hold two or more forms, each with a case")
    return ReferenceForm(
        edition=sha256(_write(told).encode()).hexdigest()[:12],
        forms={
            form: tuple(
                Recipe(
                    form,
                    number,
                    uuid5(RECIPE_NAMESPACE, _write(recipe)),
                    CaseSpec.from_json(recipe),
                )
                for number, recipe in enumerate(recipes, start=1)
            )
            for form, recipes in told.items()
        },
    )


def _write(told: object) -> str:
    return json.dumps(told, sort_keys=True, separators=(",", ":"))

"""A short reference form with its cases, through the real order."""

import json
from pathlib import Path

from pytest_django.fixtures import Settings

from cases.models import Case
from cases.models.request import RequestState
from tests.factories.cases import draw_spec
from tests.factories.practice import make_case
from trainer.learning.domain.forms import order_reference_form
from trainer.learning.queries.forms import list_places
from trainer.learning.recipes import load_form


def write_recipes(settings: Settings, folder: Path, *, cases: int = 2, version: int = 0) -> None:
    """Two forms of a few cases each, a lesion and a normal by turns, become those of the site."""
    forms = {
        form: [
            draw_spec(
                1000 * version + 100 * place + number, findings=("mass", "none")[number % 2]
            ).to_json()
            for number in range(cases)
        ]
        for place, form in enumerate("AB")
    }
    path = folder / f"form-{cases}-{version}.json"
    path.write_text(json.dumps({"version": version, "forms": forms}))
    settings.REFERENCE_FORM = str(path)


def make_form(settings: Settings, folder: Path, *, cases: int = 2) -> dict[str, list[Case]]:
    """The form's cases as if a worker had made them, in the order of reading."""
    write_recipes(settings, folder, cases=cases)
    order_reference_form()
    positive = {recipe.request_id: recipe.positive for recipe in load_form().recipes}
    made: dict[str, list[Case]] = {}
    for place in list_places():
        case = make_case(lesion=positive[place.request_id])
        place.request.case = case
        place.request.state = RequestState.DONE
        place.request.save(update_fields=["case", "state"])
        made.setdefault(place.form, []).append(case)
    return made

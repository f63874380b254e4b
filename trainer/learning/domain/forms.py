"""Has the cases of the reference form made: each recipe once on a site."""

from typing import Any
from uuid import uuid5

from django.db import transaction

from cases.domain.requests import request_case, retry_request
from cases.models import CaseRequest
from cases.models.request import RequestState
from trainer.learning.models import FormPlace, StockItem
from trainer.learning.queries.forms import list_places
from trainer.learning.recipes import RECIPE_NAMESPACE, Recipe, load_form


def order_reference_form(*, requested_by: Any = None, retry: bool = False) -> int:
    """Ask for the cases of the form that were never asked for, or were deleted since.

    Args:
        requested_by: who presses the button; None for the command.
        retry: try those that failed or were called off again, too.

    Returns:
        How many cases were asked for.
    """
    form = load_form()
    places = {(place.form, place.number): place for place in list_places()}
    asked = 0
    for recipe in form.recipes:
        place = places.get((recipe.form, recipe.number))
        if place is None:
            asked += _take_place(form.edition, recipe, requested_by)
        elif _has_lost_case(place):
            asked += _replace_case(place, recipe, requested_by)
        elif retry and place.request.state in (RequestState.FAILED, RequestState.CANCELLED):
            retry_request(request=place.request)
            asked += 1
    return asked


def _has_lost_case(place: FormPlace) -> bool:
    """Whether the case of a place was made, and deleted since."""
    return place.request.case is None and place.request.state == RequestState.DONE


def _replace_case(place: FormPlace, recipe: Recipe, requested_by: Any) -> bool:
    """Ask for another case of a recipe; False where somebody else just did.

    A request is done once, so there is another one. Its id follows from the one before: whoever
    looks at the place without its lock can only ask for the same.
    """
    with transaction.atomic():
        FormPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
        now = FormPlace.objects.select_related("request__case").get(pk=place.pk)
        if not _has_lost_case(now):
            return False
        now.request = request_case(
            request_id=uuid5(RECIPE_NAMESPACE, str(now.request_id)),
            spec=recipe.spec,
            requested_by=requested_by,
        )
        now.save(update_fields=["request"])
    return True


def _take_place(edition: str, recipe: Recipe, requested_by: Any) -> bool:
    """Give a recipe its place; True where its case had to be asked for."""
    with transaction.atomic():
        # An edition may share recipes with an earlier one: their cases are there already.
        known = CaseRequest.objects.filter(pk=recipe.request_id).first()
        request = known or request_case(
            request_id=recipe.request_id, spec=recipe.spec, requested_by=requested_by
        )
        FormPlace.objects.get_or_create(
            edition=edition,
            form=recipe.form,
            number=recipe.number,
            defaults={"request": request},
        )
        # What is read in a test set is given to nobody in practice.
        StockItem.objects.filter(case__request=request.pk).delete()
    return known is None

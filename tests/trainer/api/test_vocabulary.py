from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from generation import vocabulary
from generation.lesions import REGISTRY
from generation.lesions.finding import Group
from generation.population.wishes import WISHES
from trainer.accounts.models import User
from trainer.api.serializers.cases import WishesSerializer
from trainer.api.vocabulary import GROUP_LABELS

pytestmark = pytest.mark.django_db


def test_words_for_readers_and_kinds_that_can_be_ordered(
    api: Callable[..., APIClient], resident: User
) -> None:
    told = api(resident).get("/api/vocabulary/").json()
    assert told["version"] == vocabulary.VERSION
    assert [kind["key"] for kind in told["finding_kinds"]] == list(vocabulary.FINDING_KINDS)
    kinds = {kind["key"]: kind for kind in told["generated_kinds"]}
    assert set(kinds) == set(REGISTRY)
    assert kinds["mass"] == {
        "key": "mass",
        "label": "Mass",
        "group": "mass",
        "group_label": "Masses",
    }
    chapters = [kind["group"] for kind in told["generated_kinds"]]
    assert chapters == sorted(chapters, key=list(GROUP_LABELS).index)


def test_every_chapter_has_a_name() -> None:
    assert set(GROUP_LABELS) == set(Group.__args__)


def test_every_wish_is_in_the_schema() -> None:
    assert set(WishesSerializer().fields) == set(WISHES)

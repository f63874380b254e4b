import pytest

from tests.factories.stored_cases import make_case
from trainer.learning.queries import list_items
from trainer.measure.difficulty import find_wanted_dprime

pytestmark = pytest.mark.django_db


def test_items_of_a_case_with_a_lesion() -> None:
    items = {item.key: item for item in list_items(make_case(kind="calcification_group"))}
    assert {key: (item.competency, item.sign) for key, item in items.items()} == {
        "lesion_found:f1": ("calcification", 1),
        "characterised:f1": ("characterisation", 0),
        "no_false_mark": ("normal_rejection", -1),
        "density": ("density", 0),
    }


@pytest.mark.parametrize("kind", [None, "mass"])
def test_items_of_a_normal_case(kind: str | None) -> None:
    items = {item.key: item for item in list_items(make_case(kind=kind, actionable=False))}
    assert set(items) == {"no_false_mark", "not_recalled", "density"}


def test_a_fainter_lesion_is_harder() -> None:
    typical = find_wanted_dprime(0.0, "mass")
    means = []
    for dprime in (typical / 1.5, typical, typical * 1.5):
        items = {item.key: item for item in list_items(make_case(kind="mass", dprime=dprime))}
        means.append(items["lesion_found:f1"].difficulty.mean)
    fainter, middle, clearer = means
    assert fainter > middle > clearer
    assert middle == pytest.approx(0, abs=1e-6)


def test_a_look_alike_makes_a_normal_harder_to_leave_alone() -> None:
    plain = {item.key: item for item in list_items(make_case(kind=None))}
    tempting = {item.key: item for item in list_items(make_case(kind="mass", actionable=False))}
    key = "not_recalled"
    assert tempting[key].difficulty.mean > plain[key].difficulty.mean

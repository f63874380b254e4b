import pytest

from cases.models import Finding
from generation import vocabulary
from tests.factories.scored import load_flat_truth
from tests.factories.stored_cases import make_case
from trainer.learning.queries import list_items
from trainer.measure.answers import Answers, Mark
from trainer.measure.difficulty import find_wanted_dprime
from trainer.measure.scoring import score_reading

pytestmark = pytest.mark.django_db


def test_items_of_a_case_with_a_lesion() -> None:
    items = {item.key: item for item in list_items(make_case(kind="calcification_group"))}
    assert {key: (item.competency, item.sign) for key, item in items.items()} == {
        "lesion_found:f1": ("calcification", 1),
        "characterised:f1": ("characterisation", 0),
        "no_false_mark": ("normal_rejection", -1),
        "density": ("density", 0),
    }


def test_a_distortion_is_found_and_not_described() -> None:
    items = {item.key: item for item in list_items(make_case(kind="architectural_distortion"))}
    assert items["lesion_found:f1"].competency == "distortion"
    assert "characterised:f1" not in items


@pytest.mark.parametrize("kind", [*vocabulary.FINDING_KINDS])
def test_items_offered_are_those_that_scoring_asks(kind: str) -> None:
    case = make_case(kind=kind)
    truth = load_flat_truth(case)
    (finding,) = truth.findings
    mark = Mark("a", "left_cc", 10, 10, 70, True, kind, finding.descriptors)
    score = score_reading(Answers("B", True, (mark,)), truth)
    offered = {(item.key, item.competency, item.sign) for item in list_items(case)}
    assert offered == {(item.key, item.competency, item.sign) for item in score.items}


@pytest.mark.parametrize("competency", ["distortion", "asymmetry"])
def test_a_competency_without_constants_starts_uncertain(
    competency: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.measure.items.load_cold_start", lambda: {"ln_dprime": {}})
    kind = {"distortion": "architectural_distortion"}.get(competency, competency)
    items = {item.key: item for item in list_items(make_case(kind=kind))}
    assert items["lesion_found:f1"].difficulty.variance > 1


def test_what_reads_as_nothing_tempts_nobody() -> None:
    clip = make_case(kind=None)
    Finding.objects.create(
        case=clip, finding_id="f1", kind="clip", actionable=False, side="left",
        assessment="2", pathology="benign", clock=2, distance_from_nipple_mm=30,
    )  # fmt: skip
    plain = {item.key: item for item in list_items(make_case(kind=None))}
    with_clip = {item.key: item for item in list_items(clip)}
    assert with_clip["not_recalled"].difficulty == plain["not_recalled"].difficulty


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


def test_lesion_like_tissue_makes_a_normal_harder_to_leave_alone() -> None:
    means = []
    for value in (0.3, 3.0):
        case = make_case(kind=None)
        case.truth["lesion_likeness"] = {"value": value, "view": "left_cc", "x": 1.0, "y": 1.0}
        items = {item.key: item for item in list_items(case)}
        means.append(items["not_recalled"].difficulty.mean)
    assert means[0] < means[1]

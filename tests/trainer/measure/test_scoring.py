import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.answers import Answers, CaseTruth, Mark, TrueFinding
from trainer.measure.localisation import is_local
from trainer.measure.scoring import CaseScore, score_reading

MASS = {"shape": "irregular", "margin": "spiculated", "density": "high"}
CALCIFICATIONS = {"morphology": "amorphous", "distribution": "grouped"}


def draw_disc(x: int, y: int, radius: int = 15) -> np.ndarray:
    rows, columns = np.mgrid[:400, :300]
    return np.asarray((rows - y) ** 2 + (columns - x) ** 2 <= radius**2)


def make_finding(
    name: str = "f1", *, actionable: bool = True, at: tuple[int, int] = (150, 100)
) -> TrueFinding:
    """A mass in both views of the left breast: at `at` in the CC, 100 px lower in the MLO."""
    x, y = at
    masks = {"left_cc": draw_disc(x, y), "left_mlo": draw_disc(x, y + 100)}
    return TrueFinding(name, "mass", actionable, MASS, masks)


def make_truth(*findings: TrueFinding, left: str = "B", right: str = "B") -> CaseTruth:
    return CaseTruth({"left": left, "right": right}, findings)


def make_mark(name: str, view: str, x: float, y: float, **fields: Any) -> Mark:
    defaults: dict[str, Any] = {"rating": 60, "suspicious": True, "kind": "mass"}
    return Mark(name, view, x, y, **(defaults | {"descriptors": MASS} | fields))


def score(truth: CaseTruth, *marks: Mark, recall: bool = True, density: str = "B") -> CaseScore:
    return score_reading(Answers(density, recall, marks), truth)


def outcomes(result: CaseScore) -> list[tuple[str, str | None]]:
    return [(mark.outcome, mark.finding) for mark in result.marks]


def items(result: CaseScore) -> dict[str, tuple[str, int, bool]]:
    return {item.key: (item.competency, item.sign, item.correct) for item in result.items}


def test_lesion_found_and_described() -> None:
    result = score(make_truth(make_finding()), make_mark("a", "left_cc", 150, 100))
    assert outcomes(result) == [("hit", "f1")]
    assert items(result) == {
        "lesion_found:f1": ("mass", 1, True),
        "characterised:f1": ("characterisation", 0, True),
        "no_false_mark": ("normal_rejection", -1, True),
        "density": ("density", 0, True),
    }
    assert (result.positive, result.recall_correct, result.case_rating) == (True, True, 60)


def test_lesion_missed_asks_for_no_description() -> None:
    result = score(make_truth(make_finding()), recall=False)
    assert items(result) == {
        "lesion_found:f1": ("mass", 1, False),
        "no_false_mark": ("normal_rejection", -1, True),
        "density": ("density", 0, True),
    }
    assert result.lesions[0].characterised is None
    assert result.recall_correct is False
    assert result.case_rating is None


@pytest.mark.parametrize(
    ("recall", "right"),
    [(False, True), (True, False)],
)
def test_normal_case(recall: bool, right: bool) -> None:
    result = score(make_truth(), recall=recall)
    assert items(result)["not_recalled"] == ("normal_rejection", -1, right)
    assert result.positive is False
    assert result.recall_correct is right


@pytest.mark.parametrize(("x", "outcome"), [(215, "hit"), (215.2, "false_positive")])
def test_a_mark_hits_within_five_millimetres_of_the_mask(x: float, outcome: str) -> None:
    # The disc ends at x = 165; 50 px, 5 mm, further is the last place that hits.
    result = score(make_truth(make_finding()), make_mark("a", "left_cc", x, 100))
    assert result.marks[0].outcome == outcome


def test_second_mark_in_the_same_view_is_neither_hit_nor_false() -> None:
    result = score(
        make_truth(make_finding()),
        make_mark("far", "left_cc", 190, 100),
        make_mark("near", "left_cc", 151, 100),
    )
    assert outcomes(result) == [("duplicate", "f1"), ("hit", "f1")]
    assert result.false_marks == 0
    assert items(result)["no_false_mark"][2] is True


def test_benign_finding_is_neutral_when_dismissed_and_false_when_suspicious() -> None:
    truth = make_truth(make_finding(actionable=False))
    dismissed = score(
        truth, make_mark("a", "left_cc", 150, 100, suspicious=False, rating=90), recall=False
    )
    assert outcomes(dismissed) == [("neutral", "f1")]
    assert dismissed.case_rating is None  # a dismissal is no suspicion, however sure
    assert items(dismissed)["not_recalled"][2] is True
    assert items(dismissed)["no_false_mark"][2] is True
    assert dismissed.lesions == ()
    called = score(truth, make_mark("a", "left_cc", 150, 100))
    assert outcomes(called) == [("false_positive", "f1")]
    assert items(called)["no_false_mark"][2] is False


def test_dismissed_lesion_is_missed() -> None:
    result = score(
        make_truth(make_finding()), make_mark("a", "left_cc", 150, 100, suspicious=False)
    )
    assert outcomes(result) == [("neutral", "f1")]
    assert result.lesions[0].hit is False
    assert (result.lesions[0].asked, result.lesions[0].marks) == (True, ("a",))


def test_mark_in_a_view_that_does_not_show_the_finding_is_false() -> None:
    shown = TrueFinding("f1", "mass", True, MASS, {"left_cc": draw_disc(150, 100)})
    result = score(make_truth(shown), make_mark("a", "left_mlo", 150, 200))
    assert outcomes(result) == [("false_positive", None)]


def test_invisible_lesion_asks_nothing_of_the_reader() -> None:
    result = score(make_truth(TrueFinding("f1", "mass", True, MASS, {})), recall=False)
    assert result.positive is True
    assert result.lesions[0].asked is False
    assert set(items(result)) == {"no_false_mark", "density"}


def test_a_mark_on_a_lesion_that_hardly_shows_is_a_hit_and_no_question() -> None:
    disc = {"left_cc": draw_disc(150, 100)}
    faint = TrueFinding("f1", "mass", True, MASS, disc, visible=False)
    result = score(make_truth(faint), make_mark("a", "left_cc", 150, 100))
    assert outcomes(result) == [("hit", "f1")]
    assert result.false_marks == 0
    assert (result.lesions[0].asked, result.lesions[0].hit) == (False, True)
    assert set(items(result)) == {"no_false_mark", "density"}


def test_linked_marks_count_once() -> None:
    truth = make_truth(make_finding())
    both = score(
        truth,
        make_mark("a", "left_cc", 150, 100, link="b"),
        make_mark("b", "left_mlo", 150, 200, link="a"),
    )
    assert outcomes(both) == [("hit", "f1"), ("hit", "f1")]
    assert [item.key for item in both.items].count("lesion_found:f1") == 1
    one = score(
        truth,
        make_mark("a", "left_cc", 150, 100),
        make_mark("b", "left_mlo", 20, 20, link="a"),
    )
    assert outcomes(one) == [("hit", "f1"), ("duplicate", "f1")]
    assert one.false_marks == 0
    none = score(
        truth, make_mark("a", "left_cc", 20, 20, link="b"), make_mark("b", "left_mlo", 20, 20)
    )
    assert outcomes(none) == [("false_positive", None)] * 2
    assert none.false_marks == 1


@pytest.mark.parametrize("view", ["left_cc", "right_mlo"])
def test_a_link_within_a_view_or_across_breasts_excuses_nothing(view: str) -> None:
    result = score(
        make_truth(make_finding()),
        make_mark("a", "left_cc", 150, 100),
        make_mark("b", view, 20, 300, link="a"),
    )
    assert outcomes(result)[1] == ("false_positive", None)


def test_only_one_mark_is_excused_by_a_link() -> None:
    guesses = [make_mark(f"g{n}", "left_mlo", 20, 20 + n * 60, link="a") for n in range(3)]
    result = score(make_truth(make_finding()), make_mark("a", "left_cc", 150, 100), *guesses)
    assert [outcome for outcome, _ in outcomes(result)].count("false_positive") == 2
    assert result.false_marks == 2


def test_lesion_beside_a_benign_finding_is_hit() -> None:
    truth = make_truth(make_finding("f1"), make_finding("f2", actionable=False, at=(110, 100)))
    result = score(truth, make_mark("a", "left_cc", 118, 100))
    assert outcomes(result) == [("hit", "f1")]


@pytest.mark.parametrize(
    ("kind", "descriptors", "right"),
    [
        ("mass", MASS, True),
        ("mass", MASS | {"density": "low"}, True),
        ("mass", {"shape": "irregular", "margin": "obscured", "density": "low"}, False),
        ("mass", {}, False),
        ("calcification_group", MASS, False),
        (None, MASS, False),
    ],
)
def test_characterised(kind: str | None, descriptors: dict[str, str], right: bool) -> None:
    mark = make_mark("a", "left_cc", 150, 100, kind=kind, descriptors=descriptors)
    result = score(make_truth(make_finding()), mark)
    assert items(result)["characterised:f1"][2] is right


def test_half_of_two_descriptors_is_not_most() -> None:
    masks = {"left_cc": draw_disc(150, 100)}
    truth = make_truth(TrueFinding("f1", "calcification_group", True, CALCIFICATIONS, masks))
    half = CALCIFICATIONS | {"distribution": "linear"}
    fields = {"kind": "calcification_group", "descriptors": half}
    result = score(truth, make_mark("a", "left_cc", 150, 100, **fields))
    assert result.lesions[0].descriptors == {"morphology": True, "distribution": False}
    assert result.lesions[0].characterised is False
    assert items(result)["lesion_found:f1"][0] == "calcification"


def test_the_surest_hit_speaks_for_the_description() -> None:
    result = score(
        make_truth(make_finding()),
        make_mark("a", "left_cc", 150, 100, rating=40, descriptors={}),
        make_mark("b", "left_mlo", 150, 200, rating=90),
    )
    assert result.lesions[0].characterised is True
    assert result.lesions[0].marks == ("a", "b")
    assert result.case_rating == 90


def test_the_denser_breast_decides_the_density() -> None:
    truth = make_truth(left="B", right="C")
    assert score(truth, recall=False, density="C").density_correct is True
    assert score(truth, recall=False, density="B").density_correct is False


def test_score_is_plain_json_and_answers_come_from_it() -> None:
    data = {
        "density": "B",
        "recall": True,
        "breasts": {"left": {"assessment": "4"}, "right": {"assessment": "1"}},
        "marks": [
            {
                "id": "a",
                "view": "left_cc",
                "x": 150,
                "y": 100,
                "rating": 80,
                "kind": "mass",
                "descriptors": MASS,
                "suspicious": True,
                "link": None,
            }
        ],
    }
    stored = score_reading(Answers.from_json(data), make_truth(make_finding())).to_json()
    assert json.loads(json.dumps(stored)) == stored
    assert stored["marks"] == [{"id": "a", "outcome": "hit", "finding": "f1"}]
    assert (stored["lesions"][0]["asked"], stored["lesions"][0]["hit"]) == (True, True)
    assert stored["items"][0]["key"] == "lesion_found:f1"


def test_a_distortion_has_nothing_to_describe() -> None:
    masks = {"left_cc": draw_disc(150, 100)}
    truth = make_truth(TrueFinding("f1", "architectural_distortion", True, {}, masks))
    mark = make_mark("a", "left_cc", 150, 100, kind="architectural_distortion", descriptors={})
    result = score(truth, mark)
    assert items(result)["lesion_found:f1"] == ("distortion", 1, True)
    assert "characterised:f1" not in items(result)
    assert (result.lesions[0].kind_right, result.lesions[0].characterised) == (True, None)
    mistaken = score(truth, make_mark("a", "left_cc", 150, 100))
    assert (mistaken.lesions[0].hit, mistaken.lesions[0].kind_right) == (True, False)


@pytest.mark.parametrize(
    ("reads_as", "words", "competency"),
    [
        ("asymmetry", {"type": "focal"}, "asymmetry"),
        ("associated_feature", {"feature": "nipple_retraction"}, "distortion"),
    ],
)
def test_the_one_word_of_a_finding_decides(
    reads_as: str, words: dict[str, str], competency: str
) -> None:
    masks = {"left_mlo": draw_disc(150, 100)}
    truth = make_truth(TrueFinding("f1", reads_as, True, words, masks))
    for told, right in ((words, True), (dict.fromkeys(words, "global"), False), ({}, False)):
        mark = make_mark("a", "left_mlo", 150, 100, kind=reads_as, descriptors=told)
        asked = items(score(truth, mark))
        assert asked["lesion_found:f1"] == (competency, 1, True)
        assert asked["characterised:f1"][2] is right


def test_a_finding_of_one_view_is_found_there_and_the_linked_guess_excused() -> None:
    shown = TrueFinding(
        "f1", "asymmetry", True, {"type": "asymmetry"}, {"left_mlo": draw_disc(90, 90)}
    )
    found = make_mark("a", "left_mlo", 90, 90, link="b")
    guess = make_mark("b", "left_cc", 90, 90, link="a")
    result = score(make_truth(shown), found, guess)
    assert outcomes(result) == [("hit", "f1"), ("duplicate", "f1")]
    assert result.false_marks == 0


def test_what_reads_as_nothing_can_be_dismissed_and_is_no_lesion() -> None:
    clip = TrueFinding("f1", None, False, {}, {"left_cc": draw_disc(150, 100)})
    dismissed = score(
        make_truth(clip), make_mark("a", "left_cc", 150, 100, suspicious=False), recall=False
    )
    assert outcomes(dismissed) == [("neutral", "f1")]
    assert set(items(dismissed)) == {"no_false_mark", "not_recalled", "density"}
    called = score(make_truth(clip), make_mark("a", "left_cc", 150, 100))
    assert outcomes(called) == [("false_positive", "f1")]


@pytest.mark.parametrize(("rows", "local"), [(5, True), (6, False), (100, False)])
def test_a_place_is_less_than_six_hundredths_of_a_view(rows: int, local: bool) -> None:
    mask = np.zeros((100, 40), dtype=bool)
    mask[:rows] = True
    assert is_local(mask) is local


def test_a_dismissed_mark_within_two_findings_means_the_smaller() -> None:
    field = TrueFinding("a", "asymmetry", False, {}, {"left_cc": draw_disc(150, 150, 90)})
    cyst = TrueFinding("b", "mass", False, {}, {"left_cc": draw_disc(150, 150, 10)})
    result = score(make_truth(field, cyst), make_mark("m", "left_cc", 151, 150, suspicious=False))
    assert outcomes(result) == [("neutral", "b")]


def test_an_actionable_finding_reads_as_something() -> None:
    with pytest.raises(ValueError, match="reads as nothing"):
        TrueFinding("f1", None, True, {}, {})


def test_unknown_kind_and_empty_mask_are_errors() -> None:
    with pytest.raises(ValueError, match="no competency"):
        TrueFinding("f1", "galaxy", True, {}, {})
    with pytest.raises(ValueError, match="empty mask"):
        TrueFinding("f1", "mass", True, {}, {"left_cc": np.zeros((4, 4), dtype=bool)})


TRUTH = make_truth(
    make_finding("f1"),
    make_finding("f2", at=(60, 60)),
    make_finding("f3", actionable=False, at=(250, 150)),
)
marks = st.lists(
    st.tuples(
        st.sampled_from(["left_cc", "left_mlo", "right_cc"]),
        st.floats(0, 299),
        st.floats(0, 399),
        st.floats(0, 100),
        st.booleans(),
        st.sampled_from([None, "0", "1", "2", "3"]),
    ),
    max_size=7,
).map(
    lambda drawn: tuple(
        make_mark(str(n), view, x, y, rating=rating, suspicious=suspicious, link=link)
        for n, (view, x, y, rating, suspicious, link) in enumerate(drawn)
    )
)


@given(marks=marks, seed=st.integers(0, 100))
def test_what_always_holds_of_a_score(marks: tuple[Mark, ...], seed: int) -> None:
    result = score(TRUTH, *marks)
    by_id = {mark.id: mark for mark in marks}
    hits = [mark for mark in result.marks if mark.outcome == "hit"]
    # At most one hit per lesion and view; only suspicious marks hit or are false.
    assert len({(by_id[hit.id].view, hit.finding) for hit in hits}) == len(hits)
    assert all((m.outcome == "neutral") != by_id[m.id].suspicious for m in result.marks)
    for lesion in result.lesions:
        assert lesion.hit == any(hit.finding == lesion.finding for hit in hits)
    assert result.false_marks <= sum(m.outcome == "false_positive" for m in result.marks)
    assert items(result)["no_false_mark"][2] == (result.false_marks == 0)
    # Dismissing everything finds nothing and is never false.
    dismissed = [make_mark(m.id, m.view, m.x, m.y, suspicious=False) for m in marks]
    assert score(TRUTH, *dismissed).false_marks == 0


@given(marks=marks, seed=st.integers(0, 100))
def test_the_order_of_unlinked_marks_changes_nothing(marks: tuple[Mark, ...], seed: int) -> None:
    plain = [make_mark(m.id, m.view, m.x, m.y, rating=m.rating) for m in marks]
    shuffled = list(plain)
    np.random.default_rng(seed).shuffle(shuffled)  # type: ignore[arg-type]
    first, second = score(TRUTH, *plain), score(TRUTH, *shuffled)
    # Marks at the very same place may swap the roles of hit and duplicate.
    assert first.false_marks == second.false_marks
    assert [lesion.hit for lesion in first.lesions] == [lesion.hit for lesion in second.lesions]
    assert first.case_rating == second.case_rating

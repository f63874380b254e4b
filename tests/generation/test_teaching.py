from dataclasses import dataclass

import pytest

from generation.lesions import REGISTRY
from generation.population.wishes import complete_words
from generation.spec import LesionSpec
from generation.teaching import explain_finding
from tests.generation.specs import make_group, make_lesion, make_spec


@dataclass(frozen=True)
class Shown:
    visible: bool
    dprime: float | None


def explain(lesion: LesionSpec, *shown: Shown, density: str = "B") -> str:
    views = dict(zip(("left_cc", "left_mlo"), shown, strict=True))
    return explain_finding(lesion, spec=make_spec(lesion, density=density), views=views)


SEEN = (Shown(True, 9.0), Shown(True, 8.0))


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_every_combination_is_explained_differently_and_briefly(kind: str) -> None:
    finding = REGISTRY[kind]
    texts = set()
    combinations = list(complete_words(finding, {}))
    for words in combinations:
        category, counts = finding.assess(words), finding.count(words)
        lesion = make_lesion(
            kind=kind,
            descriptors=words,
            count=counts[1] if counts else None,
            size_mm=finding.size_mm[1] / 2,
            assessment=category,
            pathology="none" if category == "1" else "benign",
        )
        text = explain(lesion, *SEEN)
        texts.add(text)
        assert 80 < len(text) < 800
        assert text.endswith(".")
        assert "_" not in text
        assert "  " not in text
    assert len(texts) == len(combinations)


def test_it_says_where_to_look() -> None:
    lesion = make_lesion()
    assert "oblique view only" in explain(lesion, Shown(False, 0.4), Shown(True, 6.0))
    assert "CC view only" in explain(lesion, Shown(True, 6.0), Shown(False, 0.4))
    hidden = explain(lesion, Shown(False, 0.4), Shown(False, 0.2), density="D")
    assert "hardly" in hidden
    assert "extremely dense" in hidden
    assert "faint" in explain(lesion, Shown(True, 1.5), Shown(True, 1.2))
    assert "better in the CC" in explain(lesion, Shown(True, 20.0), Shown(True, 5.0))
    assert "both views" in explain(lesion, *SEEN)


def test_it_says_nothing_of_visibility_that_was_not_measured() -> None:
    lesion = make_lesion()
    filling = explain(lesion, Shown(True, None), Shown(True, None), density="D")
    for said in ("faint", "hardly", "view", "extremely dense"):
        assert said not in filling
    assert "faint" not in explain(lesion, Shown(True, 1.5), Shown(True, None))


def test_it_gives_the_outcome_only_of_what_was_biopsied() -> None:
    cancer = make_lesion(
        descriptors={"shape": "irregular", "margin": "spiculated", "density": "high"},
        assessment="5",
        pathology="malignant",
    )
    assert "Biopsy showed cancer." in explain(cancer, *SEEN)
    assert "Biopsy was benign" in explain(make_group(pathology="benign"), *SEEN)
    assert "Biopsy" not in explain(make_lesion(), *SEEN)


def test_it_names_size_and_count() -> None:
    assert "An oval mass of 12 mm." in explain(make_lesion(), *SEEN)
    assert "14 calcifications over 10 mm." in explain(make_group(), *SEEN)
    assert "One calcification." in explain(make_group(count=1), *SEEN)

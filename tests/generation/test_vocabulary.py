import json

import pytest

from generation import vocabulary


def test_it_is_plain_json_with_unique_keys() -> None:
    data = json.loads(json.dumps(vocabulary.to_json()))
    assert data["version"] == vocabulary.VERSION
    assert [kind["key"] for kind in data["finding_kinds"]] == [
        "mass",
        "calcification_group",
        "architectural_distortion",
        "asymmetry",
        "associated_feature",
    ]
    assert [term["key"] for term in data["assessments"]] == ["0", "1", "2", "3", "4", "5"]
    assert [term["key"] for term in data["densities"]] == ["A", "B", "C", "D"]
    for kind in data["finding_kinds"]:
        for descriptor in kind["descriptors"]:
            keys = [value["key"] for value in descriptor["values"]]
            assert len(keys) == len(set(keys)) > 1
            assert all(value["label"] for value in descriptor["values"])


def test_kinds_train_a_competency_that_is_offered() -> None:
    offered = {term.key for term in vocabulary.COMPETENCIES}
    assert {kind.competency for kind in vocabulary.FINDING_KINDS.values()} <= offered


@pytest.mark.parametrize(
    ("findings", "expected"),
    [((), "1"), (("2",), "2"), (("2", "4B"), "4"), (("4C", "5"), "5"), (("3", "2"), "3")],
)
def test_a_breast_takes_its_worst_finding(findings: tuple[str, ...], expected: str) -> None:
    assert vocabulary.breast_assessment(findings) == expected

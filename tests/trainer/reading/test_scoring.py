"""What the rows of a case become before a reading of it is scored."""

import io
from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cases.models import Finding
from tests.factories.practice import add_finding, lesion_mask, make_case
from trainer.reading.scoring import load_truth

pytestmark = pytest.mark.django_db
FAULT: dict[str, Any] = {
    "reads_as": "",
    "actionable": False,
    "assessment": "1",
    "pathology": "none",
    "malignancy": 0.0,
    "descriptors": {},
}


def give_mask(finding: Finding, key: str, mask: np.ndarray) -> None:
    buffer = io.BytesIO()
    Image.fromarray(mask.astype(np.uint8) * 255).save(buffer, "PNG")
    finding.views.get(key=key).mask.save("mask.png", ContentFile(buffer.getvalue()))


def test_a_fault_of_technique_holds_marks_where_it_has_a_place() -> None:
    case = make_case(lesion=False)
    fault = add_finding(case, kind="nipple_out_of_profile", **FAULT)
    give_mask(fault, "left_cc", lesion_mask())
    (found,) = load_truth(case).findings
    # The factory's other view is spoilt as a whole.
    assert set(found.masks) == {"left_cc"}
    assert np.array_equal(found.masks["left_cc"], lesion_mask())


def test_a_large_finding_that_is_no_fault_holds_marks() -> None:
    case = make_case(lesion=False)
    implant = add_finding(case, kind="implant", **FAULT)
    give_mask(implant, "left_cc", np.ones_like(lesion_mask()))
    (found,) = load_truth(case).findings
    assert found.masks["left_cc"].all()

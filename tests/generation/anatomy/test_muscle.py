"""The pectoral muscle is shown by the look that shows the tissue around it."""

from __future__ import annotations

import numpy as np
import pytest

from generation.anatomy.geometry import PIXEL_MM, make_outline
from generation.anatomy.muscle import FAT_GREY, lay_muscle
from generation.physics.look import build_grey_table, present
from generation.spec import CaseSpec


@pytest.mark.parametrize("look", ["crisp", "soft"])
def test_a_look_shows_muscle_as_it_shows_tissue(look: str) -> None:
    spec = CaseSpec.draw(np.random.default_rng(8), findings="none", prior=False)
    outline = make_outline(spec, "mlo", "left")
    deep = outline.pectoral(PIXEL_MM) > 0.99
    fat = np.full(deep.shape, FAT_GREY, np.float32)

    def lay(shown: str) -> np.ndarray:
        grey = present(fat, shown)
        table = build_grey_table(shown, spec.thickness_mm)
        return lay_muscle(grey, grey, outline, table=table, rng=np.random.default_rng(0))

    assert np.median(lay(look)[deep]) == pytest.approx(
        np.median(present(lay("standard"), look)[deep]), abs=0.003
    )

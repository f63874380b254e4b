"""What holds for every finding that changes the breast's own architecture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions import REGISTRY
from generation.lesions.effects import AnatomyChange
from generation.plausibility import CONTRAST_RANGE, find_errors
from tests.generation.lesions.redrawing import (
    ARCHITECTURE,
    SPEC,
    make_finding,
    place,
    render,
    scenes,
)
from tests.generation.specs import make_lesion, make_spec

KINDS = sorted(ARCHITECTURE)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_changes_outside_the_support_and_the_base_stays(kind: str) -> None:
    lesion = make_finding(kind)
    view = next(iter(render(lesion)))
    placed, without = place(view, lesion), place(view)
    found = placed.findings[lesion.id]
    changed = placed.pixels != placed.base_pixels
    assert changed.any()
    assert not (changed & ~found.support).any()
    assert np.array_equal(placed.base_pixels, without.pixels)
    assert found.mask.any() and not (found.mask & ~found.support).any()


@pytest.mark.parametrize("kind", KINDS)
def test_two_findings_leave_each_other_alone(kind: str) -> None:
    mass = make_lesion(id="m1", depth_mm=20.0, lateral_mm=20.0, superior_mm=-10.0, size_mm=8.0)
    lesion = make_finding(kind)
    view = next(iter(render(lesion)))
    both, alone = place(view, lesion, mass), place(view, mass)
    outside = ~both.findings[lesion.id].support
    assert np.array_equal(both.pixels[outside], alone.pixels[outside])


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_stream_gives_the_same_change(kind: str) -> None:
    first, second = render(make_finding(kind)), render(make_finding(kind))
    assert list(first) == list(second)
    for view, effects in first.items():
        for one, other in zip(effects, second[view], strict=True):
            assert np.array_equal(one.support, other.support)
            assert np.array_equal(one.mask, other.mask)
            if isinstance(one, AnatomyChange) and isinstance(other, AnatomyChange):
                for name in ("mask", "coarse", "lines"):
                    assert np.array_equal(
                        getattr(one.anatomy.condition, name),
                        getattr(other.anatomy.condition, name),
                    )


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_valid_finding_renders_inside_the_breast(kind: str, data: st.DataObject) -> None:
    finding = REGISTRY[kind]
    words = {
        part.key: data.draw(st.sampled_from(finding.values_of(part.key)))
        for part in finding.descriptors
    }
    lesion = make_finding(
        kind,
        descriptors=words,
        assessment=finding.assess(words),
        size_mm=data.draw(st.floats(*finding.size_mm)),
        contrast=data.draw(st.floats(*CONTRAST_RANGE)),
        pathology="none" if finding.assess(words) == "1" else "benign",
        depth_mm=data.draw(st.floats(5, 80)),
        lateral_mm=data.draw(st.floats(-60, 60)),
        superior_mm=data.draw(st.floats(-60, 60)),
    )
    errors = find_errors(make_spec(lesion, seed=SPEC.seed))
    assume(not any(name.endswith(("depth_mm", "size_mm")) for name in errors))
    effects = render(lesion)
    assert effects
    for view, own in effects.items():
        breast = scenes()[view].outline.mask(PIXEL_MM)
        changes = [effect for effect in own if isinstance(effect, AnatomyChange)]
        for effect in changes:
            condition = effect.anatomy.condition
            for values in (condition.coarse, condition.lines):
                assert np.isfinite(values).all()
                assert 0 <= values.min() and values.max() <= 1
            assert not (effect.mask & ~breast).any()
            assert not (effect.mask & ~effect.support).any()
            # Beyond the skin the support covers no more than where breast was taken away.
            taken = scenes()[view].anatomy.condition.mask & ~condition.mask
            assert not (effect.support & ~breast).any() or taken.any()
        assert any(effect.mask.any() for effect in own)

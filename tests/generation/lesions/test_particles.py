"""Single calcifications: exact size, the attenuation of their path, and the shape of their name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from generation.lesions.matter.particles import PARTICLE_FORMS, draw_particle, settle
from generation.lesions.matter.projection import deposit
from generation.lesions.matter.solids import fill_solid, fill_tube
from generation.physics.attenuation import attenuation_per_cm

SHAPED = tuple(PARTICLE_FORMS)
AXIS = np.array([-1.0, 0.0, 0.0], np.float32)


@pytest.mark.parametrize("morphology", SHAPED)
def test_particles_have_the_size_drawn_within_the_forms_range(morphology: str) -> None:
    low, high = PARTICLE_FORMS[morphology].size_mm
    for seed in range(4):
        particle = draw_particle(
            np.random.default_rng(seed), morphology, largest_mm=50.0, axis=AXIS
        )
        assert low <= particle.size_mm <= high
        middle = np.average(particle.elements_mm, axis=0, weights=particle.volumes_mm3)
        assert np.abs(middle).max() < 1e-3
        hull = particle.elements_mm[:: max(1, len(particle.elements_mm) // 3000)]
        # The elements' own width is part of the size.
        assert 0.85 * particle.size_mm <= pdist(hull).max() <= 1.02 * particle.size_mm


def test_milk_of_calcium_is_flatter_from_the_side() -> None:
    flat = []
    for seed in range(6):
        particle = draw_particle(
            np.random.default_rng(seed), "milk_of_calcium", largest_mm=9.0, axis=AXIS
        )
        extent = np.ptp(particle.elements_mm, axis=0)
        flat.append(extent[2] / extent[:2].min())
    assert max(flat) < 0.75


def test_rims_are_lucent_inside() -> None:
    particle = draw_particle(np.random.default_rng(1), "rim", largest_mm=9.0, axis=AXIS)
    radius = np.linalg.norm(particle.elements_mm, axis=1)
    assert radius.min() > 0.5 * radius.max()


def test_casts_are_thin_and_run_along_the_duct() -> None:
    along = []
    for seed in range(8):
        particle = draw_particle(
            np.random.default_rng(seed), "fine_linear_branching", largest_mm=9.0, axis=AXIS
        )
        values, vectors = np.linalg.eigh(np.cov(particle.elements_mm.T))
        assert values[2] > 4 * values[0]
        along.append(abs(float(vectors[0, 2])))
    assert np.mean(along) > 0.75


def test_a_calcification_of_0_3_mm_has_the_tables_primary_contrast_against_fat() -> None:
    ball = fill_solid(
        lambda points: 1 - np.linalg.norm(points, axis=1),
        size_mm=0.3,
        rng=np.random.default_rng(0),
        elements=(20, 20),
    )
    grain = settle(ball, size_mm=0.3, calcium=1.0, turn=np.eye(3, dtype=np.float32))
    path = deposit(grain.elements_mm[:, :2], grain.volumes_mm3, half_px=20, pixel_mm=0.02)
    middle_cm = float(path[18:23, 18:23].mean()) / 10
    per_cm = attenuation_per_cm("calcium_oxalate") - attenuation_per_cm("adipose")
    assert 1 - np.exp(-per_cm * middle_cm) == pytest.approx(0.21, rel=0.1)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    morphology=st.sampled_from(SHAPED),
    largest=st.floats(0.15, 50.0),
)
def test_particles_never_exceed_what_a_group_leaves_them(
    seed: int, morphology: str, largest: float
) -> None:
    particle = draw_particle(np.random.default_rng(seed), morphology, largest_mm=largest, axis=AXIS)
    assert 0 < particle.size_mm <= largest + 1e-6
    assert particle.volumes_mm3.min() > 0
    assert np.linalg.norm(particle.elements_mm, axis=1).max() <= particle.size_mm
    again = draw_particle(np.random.default_rng(seed), morphology, largest_mm=largest, axis=AXIS)
    assert np.array_equal(particle.elements_mm, again.elements_mm)


def test_a_tube_holds_the_volume_of_its_cylinder() -> None:
    path = np.stack([np.linspace(0, 10, 50), np.zeros(50), np.zeros(50)], 1).astype(np.float32)
    for hollow in (0.0, 0.5):
        tube = fill_tube(
            path, np.full(50, 0.3, np.float32), rng=np.random.default_rng(0), hollow=hollow
        )
        cylinder = np.pi * 0.3**2 * (1 - hollow**2) * 10
        assert tube.volumes.sum() == pytest.approx(cylinder, rel=0.05)
        away = np.linalg.norm(tube.points[:, 1:], axis=1)
        assert away.max() <= 0.3 and np.median(away) > 0.3 * max(hollow, 0.5)


def test_skin_calcifications_have_lucent_centres() -> None:
    for seed in range(4):
        particle = draw_particle(np.random.default_rng(seed), "skin", largest_mm=9.0, axis=AXIS)
        away = np.linalg.norm(particle.elements_mm, axis=1)
        assert away.min() > 0.2 * away.max()


def test_rods_are_thicker_than_casts() -> None:
    thickness = {}
    for morphology in ("large_rod_like", "fine_linear_branching"):
        spread = []
        for seed in range(8):
            particle = draw_particle(
                np.random.default_rng(seed), morphology, largest_mm=9.0, axis=AXIS
            )
            spread.append(np.sqrt(np.linalg.eigvalsh(np.cov(particle.elements_mm.T))[0]))
        thickness[morphology] = np.mean(spread)
    assert thickness["large_rod_like"] > 2 * thickness["fine_linear_branching"]

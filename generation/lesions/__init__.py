"""Findings: one kind per file, one registry. Numpy and scipy only."""

from __future__ import annotations

from collections.abc import Mapping

from generation.lesions import (
    architectural_distortion,
    asymmetry,
    axillary_node,
    biopsy_marker,
    calcification_group,
    clips,
    cyst,
    deodorant,
    fat_necrosis,
    fibroadenoma,
    hair,
    implant,
    intramammary_node,
    mass,
    motion_blur,
    nipple_out_of_profile,
    nipple_retraction,
    overlapping_tissue,
    reduction,
    scar,
    short_pectoral,
    skin_retraction,
    skin_thickening,
    under_exposure,
)
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.seeds import generator
from generation.spec import LesionSpec

REGISTRY: dict[str, Finding] = {
    module.FINDING.key: module.FINDING
    for module in (
        mass,
        architectural_distortion,
        asymmetry,
        overlapping_tissue,
        skin_thickening,
        skin_retraction,
        nipple_retraction,
        scar,
        reduction,
        implant,
        calcification_group,
        cyst,
        fat_necrosis,
        fibroadenoma,
        intramammary_node,
        axillary_node,
        clips,
        biopsy_marker,
        deodorant,
        hair,
        motion_blur,
        nipple_out_of_profile,
        short_pectoral,
        under_exposure,
    )
}


def render_finding(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], seed: int
) -> dict[str, tuple[Effect, ...]]:
    """Effects of one finding by view ("cc", "mlo"), from one 3D object, left orientation.

    Args:
        lesion: the finding; its side seeds the draw, and does not turn the image.
        scenes: both views of its breast: the arrangement in 3D heeds both, whatever is shown.
        seed: the case's seed; the stream is ("lesion", side, id) and hence the finding's own.

    Raises:
        KeyError: for an unknown kind.
    """
    rng = generator(seed, "lesion", side=lesion.side, finding=lesion.id)
    return REGISTRY[lesion.kind].render(lesion, scenes=scenes, rng=rng)

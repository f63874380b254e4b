"""Axillary lymph nodes in the oblique view, normal and abnormal.

Normal: a bean, most of it hilar fat within a thin cortex. Abnormal: round, dense, large, the hilum
lost - two or more of which define a pathological node in Murray & Given-Wilson 1997 (Clin Radiol
52:458), where 11 of 21 women with such nodes alone on screening had a malignant one (52 %).
A length over 33 mm without fat is 97 % specific for malignancy (Walsh 1997, AJR 168:33). Normal
ones are common: they show in about two of three axillary views, most with fat in the middle (a
series of 120 women, 1991; the oblique reaches less far). Sizes: abnormal ones from 15 mm (Lim
2004, Clin Radiol 59:86); normal ones the longer the more fat they hold; medians assumed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.frame import oblique_mm
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding, Words
from generation.lesions.matter.node import NodeForm, draw_node, project_node
from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import Descriptor, Term

NORMAL, ABNORMAL = "none", "axillary_adenopathy"
MALIGNANCY = {NORMAL: 0.0, ABNORMAL: 0.52}
ASSESSMENT = {NORMAL: "2", ABNORMAL: "4C"}
# As muscle, which is soft tissue without fat: (.865 - .513) / (.767 - .513) at 20 keV.
CORTEX = 1.38
# The axilla begins so far above the nipple, as a share of half the breast's width.
LOWEST_SHARE = 0.5


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`: the CC view does not reach the axilla."""
    shape, body = rng.spawn(2)
    draw_form = _draw_abnormal if lesion.descriptors["feature"] == ABNORMAL else _draw_normal
    node = draw_node(body, draw_form(shape), size_mm=lesion.size_mm, vessel_mm=0.0)
    scene = scenes["mlo"]
    return {"mlo": (project_node(node, scene.projection, contrast=lesion.contrast),)}


def _draw_normal(rng: np.random.Generator) -> NodeForm:
    return NodeForm(
        axes=(1.0, float(rng.uniform(0.50, 0.66)), float(rng.uniform(0.42, 0.58))),
        glandularity=CORTEX,
        hilum=float(rng.uniform(0.42, 0.66)),
        notch=float(rng.uniform(0.15, 0.35)),
        unevenness=0.05,
    )


def _draw_abnormal(rng: np.random.Generator) -> NodeForm:
    return NodeForm(
        axes=(1.0, float(rng.uniform(0.82, 0.96)), float(rng.uniform(0.80, 0.94))),
        glandularity=CORTEX,
        hilum=0.0,
        notch=0.0,
        edge_share=float(rng.uniform(0.05, 0.22)),
        unevenness=0.05,
    )


def check(lesion: LesionSpec, spec: CaseSpec) -> dict[str, list[str]]:
    """A node must lie in the axilla: above the breast and near its chest wall."""
    up = oblique_mm(lesion.lateral_mm, lesion.superior_mm, spec.mlo_angle_deg)
    if up < LOWEST_SHARE * spec.width_mm / 2:
        return {"superior_mm": ["The axilla lies further up and out."]}
    if not 0.4 * spec.depth_mm <= lesion.depth_mm <= spec.depth_mm:
        return {"depth_mm": ["The axilla lies nearer the chest wall."]}
    return {}


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Abnormal where it is to be actionable."""
    return {"feature": ABNORMAL if actionable else NORMAL}


def draw_size(rng: np.random.Generator, words: Words) -> float:
    """Long axis in mm."""
    if words["feature"] == ABNORMAL:
        return draw_log_normal(rng, 21.0, 0.28, 15.0, 38.0)
    return draw_log_normal(rng, 13.0, 0.3, 7.0, 25.0)


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    if lesion.descriptors["feature"] == ABNORMAL:
        return [
            f"An axillary node of {lesion.size_mm:.0f} mm: round, dense, and no fat left in it.",
            (
                "Half of such nodes without a mass in the breast turn out malignant, lymphoma as "
                "often as a hidden breast cancer. Search that breast again, and compare the "
                "other axilla: both sides point to a disease of the whole body."
            ),
        ]
    return [
        f"An axillary node of {lesion.size_mm:.0f} mm: a bean with a thin cortex around fat.",
        "Length alone means little: a node may grow long by storing fat and stays normal.",
    ]


FINDING = Finding(
    key="axillary_node",
    label="Axillary lymph node",
    group="associated",
    reads_as="associated_feature",
    descriptors=(
        Descriptor(
            "feature",
            "Feature",
            (Term(NORMAL, "Normal node"), Term(ABNORMAL, "Axillary adenopathy")),
        ),
    ),
    size_mm=(6.0, 45.0),
    size_means="long axis",
    region="axilla",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=draw_size,
    malignancy=lambda words: MALIGNANCY[words["feature"]],
    assess=lambda words: ASSESSMENT[words["feature"]],
    check=check,
)

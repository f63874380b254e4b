"""One woman for the whole atlas, in every density, and the examples that she is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from generation.clock import StageClock
from generation.description import describe_findings
from generation.exams import Exam
from generation.lesions import REGISTRY
from generation.networks.generator import Generator
from generation.placement import PlacedView
from generation.population.sites import draw_site
from generation.seeds import generator
from generation.spec import CaseSpec, LesionSpec, SpecError
from generation.transformations import insert_lesion
from generation.truth import FindingTruth

SIDE = "left"
ATTEMPTS = 60
CANDIDATES = 3


@dataclass(frozen=True)
class Example:
    """One finding as the atlas's woman shows it in one density; views by "cc" and "mlo"."""

    spec: CaseSpec
    truth: FindingTruth
    views: Mapping[str, PlacedView]


def open_exam(spec: CaseSpec, network: Generator, device: str) -> Exam:
    """The woman in one density; her backgrounds are drawn once, when first looked at."""
    return Exam(spec, network, device=device, clock=StageClock(lambda stage, share: None))


def show_example(exam: Exam, spec: CaseSpec) -> Example:
    """The only finding of a spec of the exam's woman, placed and described."""
    (lesion,) = spec.lesions
    placed = {
        key: view
        for key, view in exam.place_breast(spec, SIDE).items()
        if lesion.id in view.findings
    }
    (truth,) = describe_findings(spec, placed)
    return Example(spec, truth, {key.removeprefix(f"{SIDE}_"): v for key, v in placed.items()})


def draw_woman(seed: int) -> CaseSpec:
    """The atlas's woman, without findings; her density is changed for each column."""
    return CaseSpec.draw(generator(seed, "spec"), findings="none", density="C")


def draw_example(woman: CaseSpec, kind: str, number: int) -> CaseSpec:
    """The woman with one finding of a kind; the same in every density.

    Odd examples are actionable where the kind can be. The largest of a few is taken: the atlas
    shows what a kind looks like, not how small it can be.

    Args:
        woman: as `draw_woman` gives her.
        kind: a kind of the registry.
        number: which example of the kind, from 1.

    Raises:
        SpecError: if no drawn finding of this kind has room in her.
    """
    rng = generator(woman.seed, "lesion", finding=kind, index=number)
    fitting: list[CaseSpec] = []
    for _ in range(ATTEMPTS):
        drawn = _draw_case(rng, kind, actionable=number % 2 == 1)
        (lesion,) = drawn.lesions
        region = REGISTRY[kind].region_of(lesion.descriptors)
        site = draw_site(rng, region, woman, lesion.size_mm)
        if site is None:
            continue
        try:
            fitting.append(_give(woman, drawn, replace(lesion, id=f"e{number}"), site))
        except SpecError:
            continue
        if len(fitting) == CANDIDATES:
            break
    if not fitting:
        raise SpecError({"kinds": [f"The atlas's woman has no room for {kind}."]})
    return max(fitting, key=lambda spec: spec.lesions[0].size_mm)


def _draw_case(rng: np.random.Generator, kind: str, *, actionable: bool) -> CaseSpec:
    """A case of one finding, actionable or not where the kind can be both."""
    try:
        return CaseSpec.draw(rng, findings=kind, side=SIDE, contrast=1.0, actionable=actionable)
    except SpecError:
        return CaseSpec.draw(rng, findings=kind, side=SIDE, contrast=1.0)


def _give(
    woman: CaseSpec, drawn: CaseSpec, lesion: LesionSpec, site: tuple[float, float, float]
) -> CaseSpec:
    """The woman with a finding drawn for another, and with its past where it has one."""
    depth, lateral, superior = site
    placed = replace(lesion, depth_mm=depth, lateral_mm=lateral, superior_mm=superior)
    share = None
    if drawn.prior is not None:
        woman = replace(woman, prior=replace(drawn.prior, shares={}))
        share = drawn.prior.shares.get(drawn.lesions[0].id)
    return insert_lesion(woman, placed, prior_share=share)

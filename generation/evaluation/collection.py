"""Everything that is measured, gathered: real images, the network on their maps, whole cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from generation import seeds
from generation.anatomy.condition import ConditionMap
from generation.clock import StageClock
from generation.evaluation.cases import (
    VIEWS,
    StoredCase,
    draw_case,
    draw_specs,
    find_fault,
    list_cases,
    sample_view,
)
from generation.evaluation.real import find_held_out, open_views
from generation.evaluation.redrawing import DensityRead, draw_anatomy, redraw
from generation.evaluation.storage import Table
from generation.evaluation.tissue import TissueImage, TissueSet
from generation.networks.weights import TrainedGenerator
from generation.quality.binding import Binding
from generation.spec import CaseSpec
from generation.vocabulary import SIDES

Say = Callable[[str], None]

SETS = ("network", "cases_cc", "cases_mlo")
NO_ROOM = "no patch fits"
# Anatomies that are drawn a second time to see whether the network obeys; the maps of cases.
MOST_ANATOMIES = 40
SEED_MAPS = 4


@dataclass(frozen=True)
class Plan:
    """What is asked for.

    Attributes:
        real: folder of the CDD-CESM CC images.
        count: whole cases.
        seed: of everything random.
        weights: safetensors file.
        samples: folder of `python -m generation sample` to take the cases from.
        device: "cpu" or "cuda".
        patches: of each image.
        sets: names of `SETS` to measure.
        skip: names of measures to leave out.
    """

    real: Path
    count: int
    seed: int
    weights: Path
    samples: Path | None = None
    device: str = "cpu"
    patches: int = 16
    sets: tuple[str, ...] = SETS
    skip: tuple[str, ...] = ()

    @property
    def with_cases(self) -> bool:
        return any(name.startswith("cases_") for name in self.sets)


@dataclass
class Material:
    """What was gathered.

    Attributes:
        sets: pictures by name, "real" among them.
        bindings: by set, of the network's images on the maps of that set.
        densities: read back from the network's images of anatomies.
        maps: a few maps to draw with two seeds.
        failures: what could not be gathered, and why.
        codes_of_cases, weights_of_cases: code versions and weights' hashes that drew the cases.
    """

    sets: dict[str, TissueSet] = field(default_factory=dict)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    densities: list[DensityRead] = field(default_factory=list)
    maps: list[ConditionMap] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    codes_of_cases: set[str] = field(default_factory=set)
    weights_of_cases: set[str] = field(default_factory=set)


def collect(plan: Plan, trained: TrainedGenerator, clock: StageClock, say: Say) -> Material:
    """Gather everything that the plan asks for.

    Raises:
        FileNotFoundError, ValueError: if a folder does not hold what it should, or a file is
            damaged.
    """
    material = Material()
    table = _collect_real(plan, trained, material, clock, say)
    if plan.with_cases:
        _collect_cases(plan, trained, material, table, clock, say)
    return material


def _collect_real(
    plan: Plan, trained: TrainedGenerator, material: Material, clock: StageClock, say: Say
) -> Table | None:
    """The real images and, if asked for, the network's on their maps; the first file's table."""
    images = find_held_out(plan.real)
    if plan.samples is not None and plan.with_cases:
        # Said before the long work, not after it.
        list_cases(plan.samples, plan.count)
    rng = seeds.generator(plan.seed, "evaluation", index=1)
    real: list[TissueImage | None] = []
    network: list[TissueImage] = []
    bindings: list[Binding] = []
    table: Table | None = None
    for number, view in enumerate(open_views(images, count=plan.patches, rng=rng), start=1):
        say(f"real image {number} of {len(images)}")
        real.append(view.tissue)
        table = table or view.table
        if "network" not in plan.sets:
            continue
        with clock.stage("redraw real maps"):
            drawn = redraw(view, trained, seed=plan.seed, device=plan.device)
        if drawn is not None:
            network.append(drawn.tissue)
            bindings.append(drawn.binding)
            if len(material.maps) < SEED_MAPS // 2:
                material.maps.append(drawn.asked)
    material.sets["real"] = _make_set("real", real)
    if "network" in plan.sets:
        material.sets["network"] = TissueSet("network", tuple(network))
        material.bindings["network"] = bindings
    return table


def _collect_cases(
    plan: Plan,
    trained: TrainedGenerator,
    material: Material,
    table: Table | None,
    clock: StageClock,
    say: Say,
) -> None:
    if plan.samples is not None:
        cases = list_cases(plan.samples, plan.count)
        _sample_cases(plan, cases, material, table, clock)
    else:
        with TemporaryDirectory() as folder:
            _draw_cases(plan, Path(folder), material, clock, say)
            cases = list_cases(Path(folder))
            _sample_cases(plan, cases, material, table, clock)
    specs = [case.spec for case in cases]
    with clock.stage("redraw anatomies"):
        _redraw_anatomies(plan, specs[:MOST_ANATOMIES], trained, material, say)


def _draw_cases(plan: Plan, folder: Path, material: Material, clock: StageClock, say: Say) -> None:
    for number, spec in enumerate(draw_specs(plan.count, plan.seed), start=1):
        say(f"case {number} of {plan.count}")
        try:
            with clock.stage("draw cases"):
                draw_case(spec, folder, number, weights=plan.weights, device=plan.device)
        except Exception as error:
            material.failures[f"cases/case {number}"] = f"{type(error).__name__}: {error}"


def _sample_cases(
    plan: Plan,
    cases: Sequence[StoredCase],
    material: Material,
    table: Table | None,
    clock: StageClock,
) -> None:
    """Patches of both breasts, by view."""
    rng = seeds.generator(plan.seed, "evaluation", index=2)
    for case in cases:
        material.codes_of_cases.add(str(case.provenance.get("code_version")))
        material.weights_of_cases.add(str(case.provenance.get("weights_sha256")))
    for view in VIEWS:
        name = f"cases_{view}"
        if name not in plan.sets:
            continue
        sampled: list[TissueImage | None] = []
        faults: Counter[str] = Counter()
        for group, case in enumerate(cases):
            for key in (f"{side}_{view}" for side in SIDES):
                fault = find_fault(case, key)
                if fault is not None:
                    faults[fault] += 1
                    continue
                with clock.stage("take patches"):
                    sampled.append(
                        sample_view(
                            case, key, group=group, table=table, count=plan.patches, rng=rng
                        )
                    )
        material.sets[name] = _make_set(name, sampled, faults)


def _redraw_anatomies(
    plan: Plan,
    specs: Sequence[CaseSpec],
    trained: TrainedGenerator,
    material: Material,
    say: Say,
) -> None:
    """One view of each spec: sides and views take turns."""
    for number, spec in enumerate(specs):
        view, side = VIEWS[number % 2], SIDES[number // 2 % 2]
        say(f"anatomy {number + 1} of {len(specs)}")
        drawn = draw_anatomy(spec, side, view, trained, seed=plan.seed + number, device=plan.device)
        material.bindings.setdefault(f"cases_{view}", []).append(drawn.binding)
        material.densities.append(drawn.density)
        if len(material.maps) < SEED_MAPS:
            material.maps.append(drawn.asked)


def _make_set(
    name: str, images: Sequence[TissueImage | None], left_out: Counter[str] | None = None
) -> TissueSet:
    kept = tuple(image for image in images if image is not None)
    reasons = Counter(left_out or {})
    if len(kept) < len(images):
        reasons[NO_ROOM] = len(images) - len(kept)
    return TissueSet(name, kept, dict(reasons))

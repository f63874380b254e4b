"""The audit, start to end: read this file first.

Training images are made searchable; unseen images, drawn cases and planted copies are searched for
in them alike; the network is drawn on training and on held-out maps. What it all means is for
`report`.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from generation import seeds
from generation.auditing.control import Planted, plant
from generation.auditing.draws import draw_on_map
from generation.auditing.leak import Agreement
from generation.auditing.neighbours import Neighbours, TrainingSet
from generation.auditing.plan import DEFAULT_CASES, Plan, Say
from generation.auditing.specimens import Specimen, check_weights, load_case, load_real
from generation.clock import StageClock
from generation.evaluation.cases import StoredCase, draw_case, draw_specs, list_cases
from generation.evaluation.real import find_held_out
from generation.evaluation.storage import Table, read_table
from generation.networks.weights import TrainedGenerator, load_generator
from generation.quality.patch_features import FeatureWeightsError, load_feature_network
from generation.training.images import RealImage, list_images, read_split

PLANTED_SOURCES = 2
# Streams of the audit's seed.
PLACES, CONTROL, MAPS = 1, 2, 3


@dataclass
class Findings:
    """What was found, before it is compared.

    Attributes:
        trained: the generator audited.
        features_sha256: of the feature network; None where it could not be used.
        unseen, drawn: nearest training neighbours.
        planted: each copy and its neighbours.
        training_maps, held_out_maps: the network on real images' own maps.
        training_images, cases: how many.
        seconds: by stage.
        failures: what could not be measured, and why.
    """

    trained: TrainedGenerator
    features_sha256: str | None = None
    unseen: Neighbours = field(default_factory=Neighbours)
    drawn: Neighbours = field(default_factory=Neighbours)
    planted: list[tuple[Planted, Neighbours]] = field(default_factory=list)
    training_maps: list[Agreement] = field(default_factory=list)
    held_out_maps: list[Agreement] = field(default_factory=list)
    training_images: int = 0
    cases: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Material:
    """The images of an audit.

    Attributes:
        training, held_out: real images of both parts of the split.
        table: quantisation of a real file.
        cases: whole cases, drawn by the weights audited.
    """

    training: list[RealImage]
    held_out: list[RealImage]
    table: Table | None
    cases: list[StoredCase]


def audit(plan: Plan, say: Say) -> Findings:
    """Search for everything that was drawn in everything that was learnt.

    Args:
        plan: what is asked for.
        say: told what is being done.

    Raises:
        WeightsError: if the weights cannot be used.
        FileNotFoundError, ValueError: if a folder does not hold what it should.
    """
    training, held_out = find_training(plan.real), find_held_out(plan.real)
    findings = Findings(load_generator(plan.weights, plan.device))
    clock, started = StageClock(lambda stage, share: None), time.process_time()
    with TemporaryDirectory() as folder:
        cases = _gather_cases(plan, findings.trained, Path(folder), clock, say)
        material = Material(training, held_out, read_table(training[0].path), cases)
        findings.training_images, findings.cases = len(training), len(cases)
        _search(plan, material, findings, clock, say)
    _draw_maps(plan, material, findings, clock, say)
    spent = {"total": sum(clock.seconds.values()), "processor": time.process_time() - started}
    findings.seconds = clock.seconds | spent
    return findings


def find_training(data: Path) -> list[RealImage]:
    """All images that training may have used.

    Raises:
        FileNotFoundError: if the folder is not the data set's.
        ValueError: if one of the split is missing: what is not searched may be what was copied.
    """
    for name in ("labels.csv", "lesion_outlines.csv"):
        if not (data / name).is_file():
            raise FileNotFoundError(f"{data} holds no {name}: not the CDD-CESM folder")
    with (data / "labels.csv").open() as rows:
        files = [data / row["file"] for row in csv.DictReader(rows)]
    missing = read_split("train") - {path.name for path in files if path.is_file()}
    if missing:
        raise ValueError(
            f"{data} lacks {len(missing)} of the images trained on, such as {min(missing)}: "
            "an audit searches them all"
        )
    return list_images(data, "train")


def _gather_cases(
    plan: Plan, trained: TrainedGenerator, folder: Path, clock: StageClock, say: Say
) -> list[StoredCase]:
    """The cases of the samples folder, or new ones in `folder`."""
    if plan.samples is not None:
        cases = list_cases(plan.samples, plan.count)
        if not cases:
            raise ValueError(f"{plan.samples} holds no case of python -m generation sample")
    else:
        count = plan.count or DEFAULT_CASES
        for number, spec in enumerate(draw_specs(count, plan.seed), start=1):
            say(f"draw case {number} of {count}")
            with clock.stage("draw cases"):
                draw_case(spec, folder, number, weights=plan.weights, device=plan.device)
        cases = list_cases(folder)
    for case in cases:
        check_weights(case, trained.sha256)
    return cases


def _search(
    plan: Plan, material: Material, findings: Findings, clock: StageClock, say: Say
) -> None:
    """Neighbours of unseen and drawn images and of planted copies."""
    known = _learn_training(material.training, findings, clock, say)
    rng = seeds.generator(plan.seed, "audit", index=PLACES)

    def look(specimens: Iterator[Specimen], found: Neighbours, count: int) -> None:
        for number, specimen in enumerate(specimens, start=1):
            say(f"search for {specimen.name}, {number} of {count}")
            with clock.stage("search"):
                known.look(specimen, found, patches=plan.patches, rng=rng)

    look(map(load_real, material.held_out), findings.unseen, len(material.held_out))
    views = (view for case in material.cases for view in load_case(case, material.table))
    look(views, findings.drawn, 4 * len(material.cases))
    for copy in _plant(plan, material, known):
        found = Neighbours()
        look(iter([copy.specimen]), found, 1)
        findings.planted.append((copy, found))


def _learn_training(
    training: list[RealImage], findings: Findings, clock: StageClock, say: Say
) -> TrainingSet:
    """Every training image, made searchable."""
    extract = None
    try:
        features = load_feature_network()
        extract, findings.features_sha256 = features.extract, features.sha256
    except FeatureWeightsError as error:
        findings.failures["features"] = str(error)
    known = TrainingSet(extract)
    for number, image in enumerate(training, start=1):
        say(f"training image {number} of {len(training)}")
        with clock.stage("learn training images"):
            known.add(load_real(image))
    return known


def _plant(plan: Plan, material: Material, known: TrainingSet) -> Iterator[Planted]:
    """Copies of a few training images with room for patches, blended with views of cases."""
    rng = seeds.generator(plan.seed, "audit", index=CONTROL)
    mixed = [material.training[index] for index in rng.permutation(len(material.training))]
    roomy = [image for image in mixed if known.has_room(image.path.name, plan.patches)]
    for number, image in enumerate(roomy[:PLANTED_SOURCES]):
        case = material.cases[number % len(material.cases)]
        drawn = next(load_case(case, material.table))
        yield from plant(load_real(image), drawn, rng=rng)


def _draw_maps(
    plan: Plan, material: Material, findings: Findings, clock: StageClock, say: Say
) -> None:
    """All held-out maps, and as many training maps."""
    rng = seeds.generator(plan.seed, "audit", index=MAPS)
    count = min(len(material.held_out), len(material.training))
    chosen = sorted(rng.choice(len(material.training), count, replace=False))
    training = [material.training[index] for index in chosen]
    for part, (name, images, found) in enumerate(
        (
            ("held-out", material.held_out, findings.held_out_maps),
            ("training", training, findings.training_maps),
        )
    ):
        for number, image in enumerate(images, start=1):
            say(f"draw on {name} map {number} of {len(images)}")
            with clock.stage("draw on maps"):
                agreement = draw_on_map(
                    image,
                    findings.trained,
                    number=2 * number + part,
                    seed=plan.seed,
                    device=plan.device,
                    table=material.table,
                )
            if agreement is not None:
                found.append(agreement)

"""What to make: a versioned, validated description of one case. Read by every layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from generation.vocabulary import ACTIONABLE_ASSESSMENTS

SCHEMA_VERSION = 2

JSONDict = dict[str, Any]


class SpecError(ValueError):
    """A spec that cannot be made; `errors` holds messages by dotted field."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors: dict[str, list[str]] = {name: list(said) for name, said in errors.items()}
        super().__init__("; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items()))


@dataclass(frozen=True, kw_only=True)
class LesionSpec:
    """One finding to insert. Position and size in mm in the breast frame, compressed.

    What `size_mm` measures stands with each kind (`generation.lesions.finding.Finding`);
    `contrast` scales the attenuation or the strength of what it does.
    """

    id: str
    kind: str
    side: str
    depth_mm: float
    lateral_mm: float
    superior_mm: float
    size_mm: float
    contrast: float = 1.0
    descriptors: Mapping[str, str]
    count: int | None = None
    assessment: str
    pathology: str

    @property
    def actionable(self) -> bool:
        return self.assessment in ACTIONABLE_ASSESSMENTS

    @property
    def position_mm(self) -> tuple[float, float, float]:
        """(depth, lateral, superior)."""
        return (self.depth_mm, self.lateral_mm, self.superior_mm)

    def to_json(self) -> JSONDict:
        return {
            "id": self.id,
            "kind": self.kind,
            "side": self.side,
            "depth_mm": self.depth_mm,
            "lateral_mm": self.lateral_mm,
            "superior_mm": self.superior_mm,
            "size_mm": self.size_mm,
            "contrast": self.contrast,
            "descriptors": dict(self.descriptors),
            "count": self.count,
            "assessment": self.assessment,
            "pathology": self.pathology,
        }


@dataclass(frozen=True, kw_only=True)
class PriorSpec:
    """The exam before: how long ago, and how large each finding was then.

    `shares` holds, by finding id, the size then as a share of the size now; 0 is absent. A
    finding that is not named was there as it is now.
    """

    years_before: float
    shares: Mapping[str, float]

    def to_json(self) -> JSONDict:
        return {"years_before": self.years_before, "shares": dict(self.shares)}


@dataclass(frozen=True, kw_only=True)
class CaseSpec:
    """One case: the woman, the technique and the findings.

    `width_mm` is the length of the CC outline along the chest wall, `depth_mm` the CC nipple
    line (chest wall to nipple), `mlo_angle_deg` the tilt of the oblique as defined in
    `generation.frame.oblique_mm`. `dose` is the exposure relative to the usual one: below
    1 the images are noisier. `exam` is "current", or "prior" for the exam before of the same
    woman (`generation.transformations.take_prior`): compressed anew, otherwise the same.
    `tier` asks for a case of this difficulty: making it settles contrasts, or the woman where
    nothing calls for action, until it is met (`generation.aiming`); the settled spec asks for none.
    """

    schema_version: int = SCHEMA_VERSION
    seed: int
    density: str
    age_years: int
    indication: str = "screening"
    thickness_mm: float
    width_mm: float
    depth_mm: float
    mlo_angle_deg: float
    look: str = "standard"
    dose: float = 1.0
    exam: str = "current"
    tier: int | None = None
    prior: PriorSpec | None = None
    lesions: tuple[LesionSpec, ...] = ()

    @property
    def age_band(self) -> str:
        """Decade of age, such as "50-59"."""
        decade = self.age_years // 10 * 10
        return f"{decade}-{decade + 9}"

    def validate(self) -> None:
        """Raise SpecError naming every field that is out of range or contradicts another."""
        from generation.plausibility import find_errors

        errors = find_errors(self)
        if errors:
            raise SpecError(errors)

    def to_json(self) -> JSONDict:
        return {
            "schema_version": self.schema_version,
            "seed": self.seed,
            "density": self.density,
            "age_years": self.age_years,
            "indication": self.indication,
            "thickness_mm": self.thickness_mm,
            "width_mm": self.width_mm,
            "depth_mm": self.depth_mm,
            "mlo_angle_deg": self.mlo_angle_deg,
            "look": self.look,
            "dose": self.dose,
            "exam": self.exam,
            "tier": self.tier,
            "prior": None if self.prior is None else self.prior.to_json(),
            "lesions": [lesion.to_json() for lesion in self.lesions],
        }

    @classmethod
    def from_json(cls, data: Any) -> CaseSpec:
        """Build and validate a spec; SpecError on unknown, missing, mistyped or bad fields."""
        from generation.spec_json import parse_case

        spec = parse_case(data)
        spec.validate()
        return spec

    @classmethod
    def draw(cls, rng: np.random.Generator, **wishes: Any) -> CaseSpec:
        """Draw a plausible valid case that meets the wishes; SpecError when none can.

        The wishes are those of `generation.population.wishes.WISHES`; see
        `generation.population.cases.draw_case`.
        """
        from generation.population.cases import draw_case

        return draw_case(rng, wishes)

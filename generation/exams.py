"""One exam of a woman: her breasts drawn once, findings placed in them as often as asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation import seeds
from generation.anatomy.views import BreastAnatomy, ViewAnatomy, make_breast
from generation.clock import StageClock
from generation.lesions import render_finding
from generation.lesions.effects import Scene, build_scenes
from generation.networks.drawing import draw_background
from generation.networks.generator import Generator
from generation.placement import PlacedView, place_findings
from generation.spec import CaseSpec
from generation.vocabulary import SIDES


class Exam:
    """The breasts of one exam; each background is drawn by the network once.

    Args:
        spec: the woman and the technique; what she holds is given with each call.
        network: trained generator on `device`.
        device: "cpu" or "cuda".
        clock: what the time is booked on.
    """

    def __init__(
        self, spec: CaseSpec, network: Generator, *, device: str, clock: StageClock
    ) -> None:
        self.spec = spec
        self.network = network
        self.device = device
        self.clock = clock
        self._breasts: dict[str, tuple[BreastAnatomy, dict[str, Scene]]] = {}
        self._drawings: dict[str, _BackgroundDrawing] = {}

    def place(self, spec: CaseSpec, *, share: float) -> dict[str, PlacedView]:
        """The four views by key with the findings of `spec`; `share` of the case is then done."""
        placed: dict[str, PlacedView] = {}
        before = self.clock.share
        for done, side in enumerate(SIDES, start=1):
            placed |= self.place_breast(spec, side)
            self.clock.advance(before + share * done / len(SIDES))
        return placed

    def place_breast(self, spec: CaseSpec, side: str) -> dict[str, PlacedView]:
        """Both views of one breast by key, with the findings of `spec` in it.

        `spec` may differ from the exam's in its findings alone.
        """
        _, own = self._make_breast(side)
        scenes = {view: replace(scene, spec=spec) for view, scene in own.items()}
        with self.clock.stage("lesions"):
            effects = [
                (lesion, render_finding(lesion, scenes=scenes, seed=spec.seed))
                for lesion in spec.lesions
                if lesion.side == side
            ]
        placed: dict[str, PlacedView] = {}
        for view, scene in scenes.items():
            shown = [(lesion, found[view]) for lesion, found in effects if view in found]
            with self.clock.stage("composition"):
                placed[f"{side}_{view}"] = place_findings(
                    scene, shown, draw_background=self._drawing(side, view)
                )
        return placed

    def measure_fraction(self, side: str) -> float:
        """Volumetric fraction of gland of one breast, 0-1."""
        breast, _ = self._make_breast(side)
        return breast.tissue.volumetric_fraction

    def _make_breast(self, side: str) -> tuple[BreastAnatomy, dict[str, Scene]]:
        if side not in self._breasts:
            with self.clock.stage("anatomy"):
                breast = make_breast(self.spec, side)
                self._breasts[side] = (breast, build_scenes(self.spec, side, breast))
        return self._breasts[side]

    def _drawing(self, side: str, view: str) -> _BackgroundDrawing:
        key = f"{side}_{view}"
        if key not in self._drawings:
            sequence = seeds.seed_sequence(self.spec.seed, "noise", side=side, view=view)
            seed = int(sequence.generate_state(1)[0])
            self._drawings[key] = _BackgroundDrawing(self.network, self.device, seed, self.clock)
        return self._drawings[key]


@dataclass
class _BackgroundDrawing:
    """The network as `place_findings` asks for it; its time is booked as the network's."""

    network: Generator
    device: str
    seed: int
    clock: StageClock
    whole: NDArray[np.float32] | None = None

    def __call__(self, anatomy: ViewAnatomy, area: NDArray[np.bool_] | None) -> NDArray[np.float32]:
        if area is None and self.whole is not None:
            return self.whole
        with self.clock.stage("network"):
            drawn = draw_background(
                self.network, anatomy.condition, seed=self.seed, device=self.device, area=area
            )
        if area is None:
            self.whole = drawn
        return drawn

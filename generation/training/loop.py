"""The training loop: read top to bottom."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from generation.networks.discriminator import Discriminator, is_finite
from generation.networks.generator import Generator, GeneratorConfig, NoiseSource, settle
from generation.training.checkpoint import load_checkpoint, save_checkpoint
from generation.training.crops import CropSampler
from generation.training.losses import coarse_error, gradient_penalty, pair_loss
from generation.training.pairs import Pair


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of a run; `minutes` and `steps` end it, whichever comes first."""

    seed: int = 0
    batch: int = 4
    crop_px: int = 128
    generator_rate: float = 1.5e-4
    discriminator_rate: float = 4e-4
    penalty_gamma: float = 0.02
    penalty_crops: int = 1
    coarse_weight: float = 10.0
    average: float = 0.998
    save_every_s: float = 240.0
    generator: GeneratorConfig = field(default_factory=GeneratorConfig)


class Run:
    """Networks, optimisers, random states and record of one training run."""

    def __init__(self, config: TrainingConfig, pairs: list[Pair], *, device: str) -> None:
        torch.manual_seed(config.seed)
        self.config, self.device = config, device
        self.rng = np.random.default_rng(config.seed)
        self.noise = torch.Generator().manual_seed(config.seed)
        self.sampler = CropSampler(pairs, crop_px=config.crop_px, rng=self.rng)
        self.generator = settle(Generator(config.generator), device)
        self.discriminator = settle(Discriminator(), device)
        self.average = deepcopy(self.generator).requires_grad_(False)
        betas = (0.0, 0.99)
        self.g_adam = torch.optim.Adam(self.generator.parameters(), config.generator_rate, betas)
        self.d_adam = torch.optim.Adam(
            self.discriminator.parameters(), config.discriminator_rate, betas
        )
        self.record: dict[str, Any] = {
            "configs": [{"from_step": 0, **asdict(config)}],
            "step": 0,
            "seconds": 0.0,
            "images": len(pairs),
            "curve": [],
        }

    def state(self) -> dict[str, Any]:
        return {
            "networks": {
                "generator": self.generator,
                "discriminator": self.discriminator,
                "average": self.average,
            },
            "optimizers": {"generator": self.g_adam, "discriminator": self.d_adam},
            "rng": self.rng,
            "noise": self.noise,
        }

    def resume(self, record: dict[str, Any] | None) -> None:
        """Take over the record of an earlier run; settings that changed since are added to it."""
        if record is None:
            return
        settings = {
            key: value for key, value in record["configs"][-1].items() if key != "from_step"
        }
        # Through JSON, as the record has been: tuples become lists.
        now = json.loads(json.dumps(asdict(self.config)))
        if settings != now:
            record["configs"].append({"from_step": record["step"], **now})
        self.record = record

    def draw_batch(self) -> tuple[Tensor, Tensor]:
        real, condition = self.sampler.draw(self.config.batch)
        return real.to(self.device), condition.to(self.device)

    def step(self) -> dict[str, float]:
        """One update of the discriminator, one of the generator, one of the average."""
        config = self.config
        real, condition = self.draw_batch()
        noise = NoiseSource(self.noise)
        with torch.autocast(self.device, torch.bfloat16):
            fake = self.generator(condition, noise)
            real_score = self.discriminator(real, condition)
            fake_score = self.discriminator(fake.detach().float(), condition)
            d_loss = pair_loss(real_score.float(), fake_score.float())
        # On a crop or two of every batch: a full batch now and then kicks Adam without momentum.
        few = slice(config.penalty_crops)
        penalty = gradient_penalty(self.discriminator, real[few], condition[few])
        penalty = penalty + gradient_penalty(self.discriminator, fake[few], condition[few])
        self.d_adam.zero_grad(set_to_none=True)
        (d_loss + config.penalty_gamma / 2 * penalty).backward()
        self.d_adam.step()

        self.discriminator.requires_grad_(False)
        with torch.autocast(self.device, torch.bfloat16):
            fake_score = self.discriminator(fake.float(), condition)
            g_loss = pair_loss(fake_score.float(), real_score.detach().float())
        coarse = coarse_error(fake, real)
        self.g_adam.zero_grad(set_to_none=True)
        (g_loss + config.coarse_weight * coarse).backward()
        self.g_adam.step()
        self.discriminator.requires_grad_(True)
        self._update_average()
        self.record["step"] += 1
        return {
            "discriminator": d_loss.item(),
            "generator": g_loss.item(),
            "penalty": penalty.item(),
            "coarse": coarse.item(),
        }

    def _update_average(self) -> None:
        # A short memory at the start, so that the average leaves the random weights behind.
        step = self.record["step"]
        keep = min(self.config.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for kept, now in zip(
                self.average.parameters(), self.generator.parameters(), strict=True
            ):
                kept.lerp_(now, 1 - keep)


def train(
    config: TrainingConfig,
    pairs: list[Pair],
    out: Path,
    *,
    minutes: float,
    steps: int | None = None,
    device: str = "cpu",
    report: Callable[[str], None] = print,
) -> Run:
    """Train, resuming from `out/checkpoint` if it is there, until the time or the steps are up.

    Args:
        config: settings; a resumed run keeps its own random state, and its record every setting.
        pairs: training pairs.
        out: folder for the checkpoint.
        minutes: wall-clock limit of this call.
        steps: last step, None for no limit.
        device: "cpu" or "cuda".
        report: receives a progress line now and then.

    Raises:
        FloatingPointError: if the weights stop being finite; the last checkpoint is kept.
    """
    run = Run(config, pairs, device=device)
    run.resume(load_checkpoint(out / "checkpoint", **run.state()))
    before_s = run.record["seconds"]
    started = saved = reported = time.monotonic()
    while True:
        losses = run.step()
        now = time.monotonic()
        run.record["seconds"] = before_s + now - started
        ended = now - started > 60 * minutes or run.record["step"] == steps
        if now - reported > 20 or ended:
            reported = now
            run.record["curve"].append({"step": run.record["step"], **losses})
            report(_progress(run, losses, left_s=60 * minutes - (now - started)))
        if now - saved > config.save_every_s or ended:
            saved = now
            if not is_finite(run.generator):
                raise FloatingPointError(f"weights not finite at step {run.record['step']}")
            save_checkpoint(out / "checkpoint", record=run.record, **run.state())
        if ended:
            return run


def _progress(run: Run, losses: dict[str, float], *, left_s: float) -> str:
    step, seconds = run.record["step"], run.record["seconds"]
    rate = step * run.config.batch / max(seconds, 1e-6)
    parts = " ".join(f"{name} {value:.4f}" for name, value in losses.items())
    return f"step {step} {rate:.2f} images/s {parts} {max(left_s, 0) / 60:.0f} min left"

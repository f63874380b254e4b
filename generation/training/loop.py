"""The training loop: read top to bottom."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from generation.anatomy.channels import CHANNELS
from generation.networks.discriminator import Discriminator, FineDiscriminator, is_finite
from generation.networks.generator import Generator, RandomNoise, settle
from generation.training.checkpoint import load_checkpoint, save_checkpoint
from generation.training.config import TrainingConfig
from generation.training.crops import CropSampler
from generation.training.losses import call_false, call_true, coarse_error, please
from generation.training.pair import Pair
from generation.training.ridges import line_error
from generation.training.sheet import draw_sheet
from generation.training.storing import BLOCK_PX, store_as_jpeg

LINES = CHANNELS.index("lines")
REPORT_EVERY_S = 20.0
# Of greys below 0 and above 1, squared: enough to hold what is drawn where a file would clip it.
RANGE_WEIGHT = 0.01


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
        self.fine = settle(FineDiscriminator(), device)
        self.average = deepcopy(self.generator).requires_grad_(False)
        betas = (0.0, 0.99)
        self.judges = [
            parameter
            for network in (self.discriminator, self.fine)
            for parameter in network.parameters()
            if parameter.requires_grad
        ]
        self.g_adam = torch.optim.Adam(self._group_parameters(), betas=betas)
        self.d_adam = torch.optim.Adam(self.judges, config.discriminator_rate, betas)
        self.record: dict[str, Any] = {
            "configs": [{"from_step": 0, **asdict(config)}],
            "step": 0,
            "seconds": 0.0,
            "images": len(pairs),
            "curve": [],
        }

    def _group_parameters(self) -> list[dict[str, Any]]:
        """The generator's parameters with their rates: grain starts from where it was fitted."""
        config, grain = self.config, list(self.generator.grain.parameters())
        fitted = {id(parameter) for parameter in grain}
        rest = [each for each in self.generator.parameters() if id(each) not in fitted]
        return [
            {"params": rest, "lr": config.generator_rate},
            {"params": grain, "lr": config.grain_rate},
        ]

    def state(self) -> dict[str, Any]:
        return {
            "networks": {
                "generator": self.generator,
                "discriminator": self.discriminator,
                "fine": self.fine,
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
        self.record = {**record, "images": self.record["images"]}

    def step(self) -> dict[str, float]:
        """One update of the discriminators, one of the generator, one of the average."""
        real, condition = (
            each.to(self.device, memory_format=torch.channels_last)
            for each in self.sampler.draw(self.config.batch)
        )
        with torch.autocast(self.device, torch.bfloat16):
            fake = self.generator(condition, RandomNoise(self.noise))
        shown = self._store(fake).requires_grad_(True)
        looks = self._look(shown, condition)
        judged = self._teach_discriminators(real, shown.detach(), looks, condition)
        pleased = self._judge(shown, looks, condition)
        taught = self._teach_generator(fake, shown, real, condition)
        self._update_average()
        self.record["step"] += 1
        losses = {**judged, "generator": pleased, **taught}
        return {name: value.item() for name, value in losses.items()}

    def _store(self, fake: Tensor) -> Tensor:
        """Drawn images as the discriminators see them: what they want of these goes to `fake`."""
        quality = self.config.jpeg_quality
        if not quality:
            return fake.detach()
        row, column = (int(at) for at in self.rng.integers(BLOCK_PX, size=2))
        return store_as_jpeg(fake, quality=quality, corner=(row, column))

    def _look(self, grey: Tensor, condition: Tensor) -> list[Tensor]:
        with torch.autocast(self.device, torch.bfloat16):
            return self.discriminator.look(grey, condition)

    def _teach_discriminators(
        self, real: Tensor, fake: Tensor, looks: list[Tensor], condition: Tensor
    ) -> dict[str, Tensor]:
        """Update both on one batch of real and of drawn images."""
        with torch.no_grad():
            real_looks = self._look(real, condition)
        self.window = self._choose_window()
        with torch.autocast(self.device, torch.bfloat16):
            score = self.discriminator
            fixed_loss = call_true(score(real_looks, condition))
            fixed_loss = fixed_loss + call_false(score([x.detach() for x in looks], condition))
            others = condition.roll(1, dims=0)
            mismatch = call_false(score(real_looks, others))
            fine_loss = call_true([self.fine(*self._cut(real, condition))])
            fine_loss = fine_loss + call_false([self.fine(*self._cut(fake, condition))])
        self.d_adam.zero_grad(set_to_none=True)
        (fixed_loss + self.config.mismatch_weight * mismatch + fine_loss).backward()
        self.d_adam.step()
        return {"fixed": fixed_loss, "mismatch": mismatch, "fine": fine_loss}

    def _judge(self, shown: Tensor, looks: list[Tensor], condition: Tensor) -> Tensor:
        """Leave in `shown.grad` what the discriminators want changed of the drawn images."""
        config, networks = self.config, (self.discriminator, self.fine)
        for network in networks:
            network.requires_grad_(False).eval()
        with torch.autocast(self.device, torch.bfloat16):
            loss = config.fixed_weight * please(self.discriminator(looks, condition))
            loss = loss + config.fine_weight * please([self.fine(*self._cut(shown, condition))])
        loss.backward()
        for network in networks:
            network.train()
        for parameter in self.judges:
            parameter.requires_grad_(True)
        return loss.detach()

    def _teach_generator(
        self, fake: Tensor, shown: Tensor, real: Tensor, condition: Tensor
    ) -> dict[str, Tensor]:
        lines = line_error(fake, real, condition[:, LINES : LINES + 1])
        wanted = torch.zeros_like(fake) if shown.grad is None else shown.grad
        # Discriminators see greys from 0 to 1: beyond, they cannot tell what they want.
        within = fake.detach().clamp(0, 1) == fake.detach()
        beyond = (fake - fake.detach().clamp(0, 1)).square().sum() / len(fake)
        self.g_adam.zero_grad(set_to_none=True)
        loss = (fake * wanted * within).sum() + self.config.lines_weight * lines
        (loss + RANGE_WEIGHT * beyond).backward()
        self.g_adam.step()
        return {"lines": lines, "coarse": coarse_error(fake.detach(), real)}

    def _choose_window(self) -> tuple[int, int]:
        """Corner of the quarter of a crop that the fine discriminator sees: it needs no more."""
        half = self.config.crop_px // 2
        return int(self.rng.integers(half + 1)), int(self.rng.integers(half + 1))

    def _cut(self, grey: Tensor, condition: Tensor) -> tuple[Tensor, Tensor]:
        (top, left), half = self.window, self.config.crop_px // 2
        return (
            grey[..., 2 * top : 2 * (top + half), 2 * left : 2 * (left + half)],
            condition[..., top : top + half, left : left + half],
        )

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
        out: folder for the checkpoint and for sheets of samples.
        minutes: wall-clock limit of this call.
        steps: last step, None for no limit; a run that has done it is given back as it is.
        device: "cpu" or "cuda".
        report: receives a progress line now and then.

    Raises:
        FloatingPointError: if the weights stop being finite; the last checkpoint is kept.
    """
    run = Run(config, pairs, device=device)
    out.mkdir(parents=True, exist_ok=True)
    run.resume(load_checkpoint(out / "checkpoint", **run.state()))
    before_s, first = run.record["seconds"], run.record["step"]
    if steps is not None and first >= steps:
        report(f"step {first}: nothing left to do")
        return run
    started = saved = pictured = reported = time.monotonic()
    while True:
        losses = run.step()
        now = time.monotonic()
        run.record["seconds"] = before_s + now - started
        ended = now - started > 60 * minutes or run.record["step"] == steps
        if now - reported > REPORT_EVERY_S or ended:
            reported = now
            run.record["curve"].append({"step": run.record["step"], **losses})
            rate = (run.record["step"] - first) * config.batch / (now - started)
            report(_progress(run.record["step"], rate, losses, 60 * minutes - (now - started)))
        if now - saved > config.save_every_s or ended:
            saved = now
            if not is_finite(run.generator):
                raise FloatingPointError(f"weights not finite at step {run.record['step']}")
            save_checkpoint(out / "checkpoint", record=run.record, **run.state())
        if now - pictured > config.picture_every_s or ended:
            pictured = now
            draw_sheet(run.average, run.sampler.pairs, out, step=run.record["step"], device=device)
        if ended:
            return run


def _progress(step: int, images_per_s: float, losses: dict[str, float], left_s: float) -> str:
    parts = " ".join(f"{name} {value:.4f}" for name, value in losses.items())
    return f"step {step} {images_per_s:.2f} images/s {parts} {max(left_s, 0) / 60:.0f} min left"

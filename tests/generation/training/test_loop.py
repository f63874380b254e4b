"""The loop: everything is taught, a resumed run is the same run, and what goes wrong is said."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from generation.networks.generator import GeneratorConfig, RandomNoise
from generation.training import checkpoint
from generation.training.config import TrainingConfig
from generation.training.loop import LINES, RANGE_WEIGHT, Run, train
from generation.training.losses import please
from generation.training.pair import Pair
from generation.training.ridges import line_error

SMALL = TrainingConfig(
    batch=2,
    crop_px=64,
    save_every_s=1e9,
    picture_every_s=1e9,
    generator=GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4),
)


def go(
    pairs: list[Pair], out: Path, steps: int, config: TrainingConfig = SMALL, **options: Any
) -> Run:
    given = {"minutes": 5.0, "report": lambda line: None, **options}
    return train(config, pairs, out, steps=steps, **given)


def everything(run: Run) -> dict[str, Tensor]:
    """All that a run goes on from, by name."""
    state = run.state()
    tensors = {
        f"{name}.{key}": value
        for name, network in state["networks"].items()
        for key, value in network.state_dict().items()
    }
    for name, adam in state["optimizers"].items():
        for index, slots in adam.state_dict()["state"].items():
            tensors |= {f"{name}.adam.{index}.{slot}": value for slot, value in slots.items()}
    tensors["noise"] = run.noise.get_state()
    return tensors


def assert_same_run(one: Run, other: Run) -> None:
    first, second = everything(one), everything(other)
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name
    assert one.rng.bit_generator.state == other.rng.bit_generator.state
    assert one.record["step"] == other.record["step"]


def copy_of(network: nn.Module) -> dict[str, Tensor]:
    return {name: tensor.clone() for name, tensor in network.state_dict().items()}


def test_resumed_run_equals_an_uninterrupted_one(pairs: list[Pair], tmp_path: Path) -> None:
    whole = go(pairs, tmp_path / "whole", 4)
    go(pairs, tmp_path / "parts", 2)
    resumed = go(pairs, tmp_path / "parts", 4)
    assert resumed.record["step"] == 4
    assert_same_run(whole, resumed)


def test_a_run_killed_while_it_saves_goes_on_from_the_checkpoint_before(
    pairs: list[Pair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = go(pairs, tmp_path / "whole", 2)
    go(pairs, tmp_path / "parts", 1)

    def be_killed(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        # After the networks were written, before their optimisers.
        patched.setattr(checkpoint, "_flatten", be_killed)
        go(pairs, tmp_path / "parts", 2)
    assert_same_run(whole, go(pairs, tmp_path / "parts", 2))


def test_a_seed_is_a_run(pairs: list[Pair], tmp_path: Path) -> None:
    runs = [
        go(pairs, tmp_path / name, 1, replace(SMALL, seed=seed))
        for name, seed in (("one", 3), ("again", 3), ("other", 4))
    ]
    assert_same_run(runs[0], runs[1])
    first, other = (copy_of(run.generator) for run in (runs[0], runs[2]))
    assert not torch.equal(first["start.weight"], other["start.weight"])


def test_a_step_teaches_all_but_the_fixed_features(pairs: list[Pair]) -> None:
    run = Run(SMALL, pairs, device="cpu")
    before = {name: copy_of(network) for name, network in run.state()["networks"].items()}
    losses = run.step()
    assert set(losses) == {"fixed", "mismatch", "fine", "generator", "lines", "coarse"}
    assert all(math.isfinite(value) for value in losses.values())
    for name, network in run.state()["networks"].items():
        learnt = {key for key, p in network.named_parameters() if p.requires_grad}
        if name == "average":
            learnt = {key for key, _ in network.named_parameters()}
        for key, tensor in network.state_dict().items():
            moved = not torch.equal(tensor, before[name][key])
            if key in learnt:
                assert moved, (name, key)
            elif key.startswith("fixed."):
                assert not moved, (name, key)
    assert all(p.requires_grad for p in run.judges)
    # Half-way or so: the average follows fast at first.
    start, now, kept = (
        each["start.weight"]
        for each in (before["generator"], copy_of(run.generator), copy_of(run.average))
    )
    share = (kept - start) / (now - start)
    assert share.median() == pytest.approx(1 - 1 / 10, abs=1e-3)


def test_the_average_keeps_its_share_in_the_end(pairs: list[Pair]) -> None:
    run = Run(replace(SMALL, average=0.9), pairs, device="cpu")
    run.record["step"] = 10_000
    with torch.no_grad():
        run.generator.start.bias.fill_(1)
        run.average.start.bias.fill_(0)
    run._update_average()
    assert torch.allclose(run.average.start.bias, torch.tensor(0.1))


def test_the_generators_gradient_is_that_of_all_it_is_judged_by(pairs: list[Pair]) -> None:
    """The judges' part goes by way of the image: it comes out as if it went straight through."""
    run = Run(replace(SMALL, generator_rate=0.0, grain_rate=0.0), pairs, device="cpu")
    run.window = (0, 0)
    real, condition = run.sampler.draw(2)
    state = run.noise.get_state()

    def draw() -> Tensor:
        run.noise.set_state(state)
        return run.generator(condition, RandomNoise(run.noise))

    fake = draw()
    shown = fake.detach().requires_grad_(True)
    run._judge(shown, run._look(shown, condition), condition)
    run._teach_generator(fake, shown, real, condition)
    by_way = {name: p.grad.clone() for name, p in run.generator.named_parameters()}

    run.generator.zero_grad()
    run.discriminator.eval(), run.fine.eval()
    fake = draw()
    clipped = fake.detach().clamp(0, 1)
    within = clipped == fake.detach()
    assert within.any() and not within.all()
    seen = torch.where(within, fake, fake.detach())
    with torch.autocast("cpu", torch.bfloat16):
        looks = run.discriminator.look(seen, condition)
        loss = please(run.discriminator(looks, condition))
        loss = loss + please([run.fine(*run._cut(seen, condition))])
    lines = line_error(fake, real, condition[:, LINES : LINES + 1])
    beyond = (fake - clipped).square().sum() / len(fake)
    (loss + SMALL.lines_weight * lines + RANGE_WEIGHT * beyond).backward()
    for name, parameter in run.generator.named_parameters():
        torch.testing.assert_close(by_way[name], parameter.grad, rtol=1e-2, atol=1e-5)


def test_training_reports_and_ends_by_the_clock(pairs: list[Pair], tmp_path: Path) -> None:
    lines: list[str] = []
    out = tmp_path / "not" / "there"
    run = train(SMALL, pairs, out, minutes=0.0, report=lines.append)
    assert run.record["step"] == 1
    (line,) = lines
    for said in ("step 1 ", " images/s", "generator ", "lines ", "0 min left"):
        assert said in line
    assert (out / "checkpoint" / "state.json").exists()
    assert (out / "sheet-000001.pgm").exists()
    assert [point["step"] for point in run.record["curve"]] == [1]
    assert run.record["images"] == 2 and run.record["seconds"] > 0


def test_checkpoints_and_sheets_come_as_often_as_asked(pairs: list[Pair], tmp_path: Path) -> None:
    config = replace(SMALL, save_every_s=0.0, picture_every_s=0.0)
    go(pairs, tmp_path, 3, config)
    assert len(list(tmp_path.glob("sheet-*.pgm"))) == 3
    assert json.loads((tmp_path / "checkpoint" / "state.json").read_text())["slot"] == "a"


def test_a_run_that_is_done_is_given_back_as_it_is(pairs: list[Pair], tmp_path: Path) -> None:
    done = go(pairs, tmp_path, 2)
    lines: list[str] = []
    for steps in (2, 1):
        again = go(pairs, tmp_path, steps, report=lines.append)
        assert_same_run(done, again)
    assert lines == ["step 2: nothing left to do"] * 2


def test_changed_settings_are_added_to_the_record(pairs: list[Pair], tmp_path: Path) -> None:
    assert len(go(pairs, tmp_path, 1).record["configs"]) == 1
    assert len(go(pairs, tmp_path, 2).record["configs"]) == 1
    changed = replace(SMALL, generator_rate=1e-5)
    configs = go(pairs, tmp_path, 3, changed).record["configs"]
    assert [(c["from_step"], c["generator_rate"]) for c in configs] == [
        (0, SMALL.generator_rate),
        (2, 1e-5),
    ]
    assert configs[1]["generator"]["widths"] == [8] * 5


def test_weights_that_are_not_finite_end_the_run_and_are_not_kept(
    pairs: list[Pair], tmp_path: Path
) -> None:
    good = go(pairs, tmp_path, 1)
    wild = replace(SMALL, generator_rate=1e38)
    with pytest.raises(FloatingPointError, match="weights not finite at step 3"):
        go(pairs, tmp_path, 3, wild)
    assert not list(tmp_path.glob("sheet-000003.pgm"))
    assert_same_run(good, go(pairs, tmp_path, 1))


def test_crops_larger_than_all_images_are_refused(pairs: list[Pair], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no training image is as large as a crop of 128 px"):
        go(pairs, tmp_path, 1, replace(SMALL, crop_px=128))


def test_the_fine_judge_sees_a_quarter_of_the_crop_anywhere(pairs: list[Pair]) -> None:
    run = Run(SMALL, pairs, device="cpu")
    corners = np.array([run._choose_window() for _ in range(300)])
    assert corners.min() == 0 and corners.max() == 32
    run.window = (32, 5)
    grey = torch.arange(128.0).expand(1, 1, 128, 128)
    cut, condition = run._cut(grey, grey[..., :64, :64])
    assert cut.shape == (1, 1, 64, 64) and condition.shape == (1, 1, 32, 32)
    assert cut[0, 0, 0, 0] == 10 and condition[0, 0, 0, 0] == 5


def test_drawn_crops_are_stored_as_the_real_ones_before_they_are_judged(pairs: list[Pair]) -> None:
    grey = 0.4 + 0.1 * torch.randn((2, 1, 128, 128), generator=torch.Generator().manual_seed(0))
    stored = Run(SMALL, pairs, device="cpu")._store(grey)
    levels = 255 * stored
    torch.testing.assert_close(levels, levels.round(), atol=1e-3, rtol=0)
    assert 0 < (stored - grey).abs().max() < 0.2
    plain = Run(replace(SMALL, jpeg_quality=0), pairs, device="cpu")._store(grey)
    assert torch.equal(plain, grey)

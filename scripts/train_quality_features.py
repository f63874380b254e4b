"""Train the network whose features `generation.quality.patch_features` gives.

python scripts/train_quality_features.py --data shared/data/cdd-cesm-cc

Self-supervised, on the real images of the training split alone: crops altered at random, of which
the network is to tell the image each comes from, and how much it was blurred or sharpened,
grained, chequered and changed in contrast. The first task makes it know the texture of women, the
second the faults that generators make and that no task on clean images asks it to notice.
About three minutes of one core; writes features.safetensors and features.json into the package.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation.quality.patch_features import FEATURE_WEIGHTS, save_feature_network
from generation.quality.spectrum import cut_regions
from generation.quality.texture import find_interior
from generation.quality.texture_network import TextureNetwork, cut_crops
from generation.training.images import find_breast, list_images, load_grey, mark_excluded

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

CROP_PX = 128
BATCH = 32
STEPS = 2000
LEARNING_RATE = 3e-3
SEED = 4
PATCHES_AN_IMAGE = 32
# Strengths of the alterations: blur (below 0: sharpen), grain, chequer in grey, change of contrast.
STRONGEST = (0.5, 0.008, 0.006, 0.25)
BLUR = (0.25, 0.5, 0.25)
HELD_BACK = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of CDD-CESM images")
    parser.add_argument("--out", type=Path, default=FEATURE_WEIGHTS)
    parser.add_argument("--steps", type=int, default=STEPS)
    chosen = parser.parse_args()
    patches, groups = load_patches(chosen.data)
    rng = np.random.default_rng(SEED)
    checked = rng.random(len(patches)) < HELD_BACK
    began = time.process_time()
    network = train(patches[~checked], groups[~checked], chosen.steps)
    record = {
        "data": "CDD-CESM CC, split 'train', lesions excluded; no held-out or generated image",
        "images": len(np.unique(groups)),
        "patches": len(patches),
        "task": "image of a crop (cross-entropy), strengths of four alterations (squared error)",
        "steps": chosen.steps,
        "batch": BATCH,
        "crop_px": CROP_PX,
        "seed": SEED,
        "cpu_seconds": round(time.process_time() - began),
        "on_patches_kept_back": check(network, patches[checked], groups[checked]),
    }
    save_feature_network(network, patches, chosen.out, record=record)
    json.dump(record, sys.stdout, indent=1)


def load_patches(data: Path) -> tuple[FloatArray, IntArray]:
    """(N, 256, 256) patches of the training images and (N,) which image each is of."""
    rng = np.random.default_rng(SEED)
    found: list[FloatArray] = []
    for image in list_images(data, "train"):
        grey = load_grey(image)
        inside = find_interior(find_breast(grey)) & ~mark_excluded(image, grey.shape)
        regions = cut_regions(grey, inside)
        if len(regions):
            found.append(regions[rng.permutation(len(regions))[:PATCHES_AN_IMAGE]])
    groups = np.repeat(np.arange(len(found)), [len(part) for part in found])
    return np.concatenate(found), groups


def train(patches: FloatArray, groups: IntArray, steps: int) -> TextureNetwork:
    rng = np.random.default_rng([SEED, 1])
    torch.manual_seed(SEED)
    images = int(groups.max()) + 1
    network = TextureNetwork(images + len(STRONGEST))
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    members = [np.flatnonzero(groups == image) for image in np.unique(groups)]
    for step in range(steps):
        rows = np.array([rng.choice(members[i]) for i in rng.integers(len(members), size=BATCH)])
        crops = torch.from_numpy(cut_crops(patches, rows, CROP_PX, rng))
        strengths = draw_strengths(rng)
        with torch.autocast("cpu", torch.bfloat16):
            answers = network(alter(crops, strengths)).float()
        named = functional.cross_entropy(
            answers[:, :images], torch.from_numpy(groups[rows]), label_smoothing=0.1
        )
        felt = functional.mse_loss(answers[:, images:], strengths)
        optimiser.zero_grad()
        (named + felt).backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            sys.stderr.write(f"{step} {named.item():.3f} {felt.item():.3f}\n")
    return network.eval()


def draw_strengths(rng: np.random.Generator) -> Tensor:
    """(BATCH, 4) in -1..1, half of them 0: as shares of `STRONGEST`."""
    drawn = rng.uniform(-1, 1, (BATCH, len(STRONGEST)))
    drawn[:, 1:3] = np.abs(drawn[:, 1:3])
    return torch.from_numpy((drawn * (rng.random(drawn.shape) < 0.5)).astype(np.float32))


def alter(crops: Tensor, strengths: Tensor) -> Tensor:
    """(N, H, W) crops blurred, grained, chequered and changed in contrast, in 8 bits again."""
    blur, grain, chequer, contrast = (
        (share * most)[:, None, None]
        for share, most in zip(strengths.unbind(1), STRONGEST, strict=True)
    )
    taps = torch.tensor(BLUR)
    kernel = torch.outer(taps, taps)[None, None]
    padded = functional.pad(crops[:, None], (1, 1, 1, 1), mode="reflect")
    smooth = functional.conv2d(padded, kernel)[:, 0]
    mean = crops.mean(dim=(1, 2), keepdim=True)
    y, x = torch.meshgrid(*(torch.arange(side) for side in crops.shape[1:]), indexing="ij")
    squares = 1 - 2.0 * ((y + x) % 2)
    out = crops + blur * (smooth - crops)
    out = mean + (out - mean) * (1 + contrast) + grain * torch.randn(crops.shape)
    return ((out + chequer * squares).clamp(0, 1) * 255).round() / 255


def check(network: TextureNetwork, patches: FloatArray, groups: IntArray) -> dict[str, Any]:
    """How well the tasks are done on patches of the same images that were not trained on."""
    rng = np.random.default_rng([SEED, 2])
    torch.manual_seed(SEED)
    images = network.head.out_features - len(STRONGEST)
    right, errors, spread = [], [], []
    with torch.inference_mode():
        for at in range(0, len(patches) - BATCH + 1, BATCH):
            rows = np.arange(at, at + BATCH)
            strengths = draw_strengths(rng)
            crops = torch.from_numpy(cut_crops(patches, rows, CROP_PX, rng))
            answers = network(alter(crops, strengths))
            right.append((answers[:, :images].argmax(1).numpy() == groups[rows]).mean())
            errors.append(((answers[:, images:] - strengths) ** 2).numpy())
            spread.append(strengths.numpy())
    explained = 1 - np.concatenate(errors).mean(0) / np.concatenate(spread).astype(float).var(0)
    names = ("blur", "grain", "chequer", "contrast")
    return {
        "image_named_rightly": round(float(np.mean(right)), 3),
        "variance_explained": dict(zip(names, np.round(explained, 3).tolist(), strict=True)),
    }


if __name__ == "__main__":
    main()

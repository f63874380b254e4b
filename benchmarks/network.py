"""What the generator costs: weights, multiply-adds, seconds, and both beside a usual network.

The reference is the nine-block ResNet of image-to-image work at its usual size, 64 base channels
(Johnson et al., ECCV 2016; Zhu et al., ICCV 2017), on the same pixels in the same run.
"""

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.generation import draw
from benchmarks.measurement import Measurement
from generation.anatomy.condition import ConditionMap
from generation.anatomy.views import make_breast
from generation.networks.cost import count_cost
from generation.networks.drawing import draw_background, find_window
from generation.networks.generator import Generator, settle
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator

CANVAS_MAP_PX = (1152, 896)
WEIGHTS_MIB = 48.0
COMPARED_PX = 512
MATRIX = 2048
REPEATS = 3


class ResidualBlock(nn.Module):
    """Two 3 x 3 convolutions with instance normalisation around a skip connection."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1),
            nn.InstanceNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1),
            nn.InstanceNorm2d(width),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.inner(x)


def make_reference() -> nn.Module:
    """c7s1-64, d128, d256, nine R256, u128, u64, c7s1-1."""

    def step(*layers: nn.Module, width: int) -> list[nn.Module]:
        return [*layers, nn.InstanceNorm2d(width), nn.ReLU()]

    return nn.Sequential(
        *step(nn.Conv2d(1, 64, 7, padding=3), width=64),
        *step(nn.Conv2d(64, 128, 3, 2, 1), width=128),
        *step(nn.Conv2d(128, 256, 3, 2, 1), width=256),
        *(ResidualBlock(256) for _ in range(9)),
        *step(nn.ConvTranspose2d(256, 128, 3, 2, 1, 1), width=128),
        *step(nn.ConvTranspose2d(128, 64, 3, 2, 1, 1), width=64),
        nn.Conv2d(64, 1, 7, padding=3),
        nn.Tanh(),
    )


def time_least(run: Callable[[], object]) -> float:
    """Seconds of the quickest of some runs, after one to warm up."""
    run()
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def measure_matrix_rate() -> float:
    """Thousand millions of multiply-adds a second of a bfloat16 matrix product."""
    a, b = (torch.randn(MATRIX, MATRIX).to(torch.bfloat16) for _ in range(2))
    return float(MATRIX**3 / time_least(lambda: a @ b) / 1e9)


def draw_views() -> list[ConditionMap]:
    """The condition maps of a case's four views."""
    spec = draw("none", 1)
    sides = [make_breast(spec, side) for side in ("left", "right")]
    return [breast.views[view].condition for breast in sides for view in ("cc", "mlo")]


def time_reference(edge: int) -> float:
    """Seconds of the reference for a square image, in the precision that the generator has."""
    network, image = settle(make_reference(), "cpu"), torch.rand(1, 1, edge, edge)
    native = torch.cpu._is_avx512_bf16_supported()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=native):
        return time_least(lambda: network(image.to(memory_format=torch.channels_last)))


def time_square(network: Generator, edge: int) -> float:
    """Seconds of the generator for a square image that is all breast."""
    full = np.ones((edge // 2, edge // 2), bool)
    grey = np.full(full.shape, 0.3, np.float32)
    condition = ConditionMap(full, grey, grey * 0, (float(edge // 2 - 1), float(edge // 4)))
    return time_least(lambda: draw_background(network, condition, seed=1, device="cpu"))


def measure() -> list[Measurement]:
    network = load_generator(DEFAULT_WEIGHTS, "cpu").network
    shape = network.config
    canvas = count_cost(lambda: Generator(shape), (1, shape.channels, *CANVAS_MAP_PX))
    views = draw_views()
    windows = [find_window(view, shape.stride).shape for view in views]
    gmac = sum(canvas.gmac * rows * columns for rows, columns in windows) / np.prod(CANVAS_MAP_PX)
    seconds = time_least(
        lambda: [draw_background(network, view, seed=1, device="cpu") for view in views]
    )
    reference = count_cost(make_reference, (1, 1, COMPARED_PX, COMPARED_PX), noise=False)
    compared = count_cost(
        lambda: Generator(shape), (1, shape.channels, COMPARED_PX // 2, COMPARED_PX // 2)
    )
    ratio = time_square(network, COMPARED_PX) / time_reference(COMPARED_PX)
    return [
        Measurement("parameters", canvas.parameters, ""),
        Measurement("weights", canvas.weights_mib, "MiB", WEIGHTS_MIB),
        Measurement("one full canvas", canvas.gmac, "GMAC"),
        Measurement("four views of a case", float(gmac), "GMAC"),
        Measurement("four views of a case: network", seconds, "s"),
        Measurement(
            "share of the matrix product's rate", gmac / seconds / measure_matrix_rate(), ""
        ),
        Measurement("multiply-adds over the reference's", compared.gmac / reference.gmac, ""),
        Measurement("seconds over the reference's", ratio, ""),
    ]

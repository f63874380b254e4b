"""What a network costs: parameters, multiply-adds and memory, counted without running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils.flop_counter import FlopCounterMode

BYTES_PER_VALUE = 4


@dataclass(frozen=True)
class Cost:
    """Cost of one pass over one view.

    Attributes:
        parameters: number of weights.
        gmac: thousand millions of multiply-adds of a forward pass.
        weights_mib: float32 weights.
        training_mib: float32 values that a training pass keeps for the way back.
    """

    parameters: int
    gmac: float
    weights_mib: float
    training_mib: float


class _NoNoise:
    """Stands for noise where nothing is drawn."""

    def like(self, x: Tensor) -> Tensor:
        return x[:, :1]


def count_cost(
    make: Callable[[], nn.Module], shape: tuple[int, ...], *, noise: bool = True
) -> Cost:
    """Count on tensors without memory.

    Args:
        make: builds the network.
        shape: of the images that it is given.
        noise: whether it takes noise, as the generator does.
    """
    kept: list[int] = []

    def keep(tensor: Tensor) -> Tensor:
        kept.append(tensor.numel())
        return tensor

    with FakeTensorMode():
        network = make()
        given = [torch.empty(shape), *([_NoNoise()] if noise else [])]
        counter = FlopCounterMode(display=False)
        with counter, torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
            network(*given)
    parameters = sum(p.numel() for p in network.parameters())
    return Cost(
        parameters=parameters,
        gmac=counter.get_total_flops() / 2 / 1e9,
        weights_mib=parameters * BYTES_PER_VALUE / 2**20,
        training_mib=sum(kept) * BYTES_PER_VALUE / 2**20,
    )

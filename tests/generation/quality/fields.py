"""Fields of known spectrum that stand for tissue."""

import numpy as np


def draw_tissue(seed: int, *, count: int = 6, size: int = 256, exponent: float = 3.0) -> np.ndarray:
    """(count, size, size) power-law fields around grey .3, each cut from a larger one."""
    rng = np.random.default_rng(seed)
    f = np.hypot(np.fft.fftfreq(2 * size)[:, None], np.fft.rfftfreq(2 * size)[None, :])
    f[0, 0] = 1
    drawn = []
    for _ in range(count):
        noise = rng.standard_normal((2 * size, 2 * size))
        shaped = np.fft.irfft2(np.fft.rfft2(noise) * f ** (-exponent / 2), noise.shape)
        y, x = rng.integers(0, size, 2)
        drawn.append(0.3 + 0.05 * shaped[y : y + size, x : x + size] / shaped.std())
    return np.stack(drawn).astype(np.float32)

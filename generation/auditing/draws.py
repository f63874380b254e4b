"""The network drawn on the condition maps of real images, held against those images."""

from __future__ import annotations

from generation.auditing.leak import Agreement, measure_agreement
from generation.auditing.specimens import load_real
from generation.evaluation.redrawing import noise_seed, read_condition
from generation.evaluation.storage import Table, store_grey
from generation.networks.drawing import draw_background
from generation.networks.weights import TrainedGenerator
from generation.training.images import RealImage


def draw_on_map(
    image: RealImage,
    trained: TrainedGenerator,
    *,
    number: int,
    seed: int,
    device: str,
    table: Table | None,
) -> Agreement | None:
    """Draw on a real image's map, as training computes it, and compare with that image.

    Args:
        image: whose map is drawn on.
        trained: the generator.
        number: of the picture, for its noise.
        seed: of the audit.
        device: "cpu" or "cuda".
        table: of a real file, to store the drawn image alike.

    Returns:
        The agreement; None where the image shows too little breast.
    """
    real = load_real(image)
    if not real.inside.any():
        return None
    rows, columns = (size // 2 * 2 for size in real.grey.shape)
    grey, inside = real.grey[:rows, :columns], real.inside[:rows, :columns]
    noise = noise_seed(seed, number)
    drawn = draw_background(
        trained.network, read_condition(grey, ~inside), seed=noise, device=device
    )
    return measure_agreement(store_grey(drawn, table), grey, inside, image=image.path.name)

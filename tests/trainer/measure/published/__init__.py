"""Data sets of published analyses, as small text files; each file says whose it is."""

from pathlib import Path

import numpy as np

from trainer.measure.localised import pair_ratings

HERE = Path(__file__).parent


def load_van_dyke() -> tuple[np.ndarray, np.ndarray]:
    """Ratings (2, 5, 45) of positive and (2, 5, 69) of negative cases: modality, reader, case."""
    positive, negative = np.zeros((2, 5, 45)), np.zeros((2, 5, 69))
    for reader, modality, without, with_it in _read("van_dyke.txt"):
        place = int(modality) - 1, int(reader) - 1
        positive[place] = [int(rating) for rating in with_it]
        negative[place] = [int(rating) for rating in without]
    return positive, negative


def pair_van_dyke() -> np.ndarray:
    """The ROC kernel of all readings, (2, 5, 45, 69)."""
    positive, negative = load_van_dyke()
    return pair_ratings(positive[..., :, None], negative[..., None, :])


def load_asah() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Ratings of 41 positive and 72 negative people, by the name of the marker."""
    rows = np.array([[float(each) for each in row] for row in _read("asah.txt")])
    poor = rows[:, 0] == 1
    return {
        name: (rows[poor, column], rows[~poor, column])
        for column, name in enumerate(("wfns", "s100b", "ndka"), start=1)
    }


def _read(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]

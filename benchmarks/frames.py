"""Bytes a browser loads per view, and what it costs to pack and unpack them."""

import time

from benchmarks.generation import make_cases
from benchmarks.measurement import Measurement
from cases.frames import decode_frame, encode_frame


def measure() -> list[Measurement]:
    images = [view.pixels for case, _ in make_cases() for view in case.views.values()]
    start = time.perf_counter()
    frames = [encode_frame(image) for image in images]
    packed = time.perf_counter()
    for frame, image in zip(frames, images, strict=True):
        decode_frame(frame.data, width=image.shape[1], height=image.shape[0])
    unpacked = time.perf_counter()
    sizes = [frame.size for frame in frames]
    return [
        Measurement("frame, mean", sum(sizes) / len(sizes), "bytes"),
        Measurement("frame, largest", max(sizes), "bytes"),
        Measurement("pack a frame", (packed - start) / len(frames), "s"),
        Measurement("unpack a frame", (unpacked - packed) / len(frames), "s"),
    ]

"""Many different cases out of a few: no two share a byte that a browser keeps.

Each copy has its source's images moved down by a number of rows of its own (around the end), so
that every pixel array, frame, hash and address is another; truth moves with them.
"""

import hashlib
import zlib
from uuid import uuid4

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cases.models import Case, CaseView
from cases.models.files import new_folder
from trainer.learning.domain.stock import index_all_cases

ROWS_APART = 8


def multiply_cases(count: int) -> None:
    originals = list(Case.objects.filter(variant_of=None).order_by("created_at"))
    for number in range(1, count + 1):
        copy_case(originals[number % len(originals)], number)
    index_all_cases()


def copy_case(original: Case, number: int) -> None:
    folder, down = new_folder(), ROWS_APART * number
    copy = Case.objects.get(pk=original.pk)
    copy.pk, copy._state.adding = uuid4(), True
    # A reader is never given the same woman twice.
    copy.spec = {**original.spec, "seed": int(original.spec["seed"]) + 1_000_000 * number}
    copy.folder = folder
    copy.save(force_insert=True)
    for view in original.views.all():
        copy_view(view, copy, down)
    for finding in original.findings.all():
        shown = list(finding.views.all())
        finding.pk, finding.case = None, copy
        finding.save(force_insert=True)
        for each in shown:
            each.pk, each.finding = None, finding
            each.centre_y += down
            each.outlines = [[[x, y + down] for x, y in outline] for outline in each.outlines]
            each.save(force_insert=True)


def copy_view(view: CaseView, copy: Case, down: int) -> None:
    height, width = view.height, view.width
    view.pk, view.case = None, copy
    frame = move_down(view.frame.read(), height, width, down)
    view.frame_bytes, view.frame_sha256 = len(frame), hashlib.sha256(frame).hexdigest()
    view.frame = keep(copy, f"{view.key}.frame", frame)
    if view.base_frame:
        base = move_down(view.base_frame.read(), height, width, down)
        view.base_frame_bytes, view.base_frame_sha256 = len(base), hashlib.sha256(base).hexdigest()
        view.base_frame = keep(copy, f"{view.key}.base.frame", base)
    view.preview = keep(copy, f"{view.key}.preview.png", view.preview.read())
    view.save(force_insert=True)


def move_down(frame: bytes, height: int, width: int, rows: int) -> bytes:
    """A frame's image moved down: rows are coded one by one, so their codes move as they are."""
    planes = np.frombuffer(zlib.decompress(frame), np.uint8).reshape(2, height, width)
    return zlib.compress(np.roll(planes, rows, axis=1).tobytes(), 1)


def keep(case: Case, name: str, data: bytes) -> str:
    return default_storage.save(f"{case.folder}/{name}", ContentFile(data))

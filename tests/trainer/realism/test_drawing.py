"""Drawing a test. The "real" files are made-up tissue: see the factory."""

from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from cases.frames import decode_frame
from cases.generators import default_generator
from cases.models import Case, SandboxCase
from tests.factories.practice import assign_case
from tests.factories.realism import make_drawn_case, write_folder
from trainer.accounts.models import User
from trainer.realism.domain.drawing import draw_share, draw_test
from trainer.realism.errors import RealImagesError
from trainer.realism.models import RealismImage, RealismTest

pytestmark = pytest.mark.django_db


def prepare(tmp_path: Path, *, real: int = 4, cases: int = 4) -> list[Case]:
    call_command(
        "import_real_images",
        str(write_folder(tmp_path, real)),
        licence="CC BY 4.0",
        source="made up",
        i_may_show_them=True,
    )
    sha256 = default_generator().sha256
    return [make_drawn_case(sha256, number=number) for number in range(cases)]


def look(image: RealismImage) -> np.ndarray:
    with default_storage.open(image.frame.name) as opened:
        return decode_frame(opened.read(), width=image.width, height=image.height)


def test_real_and_synthetic_are_alike_in_all_but_tissue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path)
    call_command("draw_realism_test", count=6, seed=3, margin=0.15)
    said = capsys.readouterr().out
    assert "Drew a test of 6 images" in said
    assert "size alone" in said
    assert "no figures" in said
    test = RealismTest.objects.get()
    assert (test.seed, test.margin) == (3, 0.15)
    assert test.licences == [{"licence": "CC BY 4.0", "source": "made up"}]
    real, drawn = (list(test.images.filter(real=real)) for real in (True, False))
    assert (len(real), len(drawn)) == (3, 3)
    for name in ("width", "height", "pixel_mm"):
        assert len({getattr(image, name) for image in [*real, *drawn]}) == 1
    pixels = {image.pk: look(image) for image in [*real, *drawn]}
    steps = {len(np.unique(each)) <= 256 for each in pixels.values()}
    assert steps == {True}
    sizes = [np.mean([(pixels[image.pk] > 0).sum() for image in some]) for some in (real, drawn)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.05)
    # Nothing of a name or an address says which is which.
    assert len({image.folder for image in [*real, *drawn]}) == 1


def test_shown_cases_leave_practice_and_one_woman_gives_one_image(tmp_path: Path) -> None:
    cases = prepare(tmp_path)
    test = draw_test(count=4, seed=1)
    shown = list(test.images.filter(real=False).values_list("case", flat=True))
    assert len(shown) == len(set(shown))
    for case in Case.objects.all():
        assert (case.withdrawn_at is not None) == (case.pk in shown)
    assert set(shown) < {case.pk for case in cases}


def test_the_same_seed_shows_the_same(tmp_path: Path) -> None:
    prepare(tmp_path)
    first = draw_test(count=4, seed=5)
    Case.objects.update(withdrawn_at=None)
    second = draw_test(count=4, seed=5)
    assert sorted(first.images.values_list("frame_sha256", flat=True)) == sorted(
        second.images.values_list("frame_sha256", flat=True)
    )
    first.refresh_from_db()
    # One test at a time.
    assert first.closed_at is not None and second.closed_at is None


def test_known_cases_and_views_with_findings_are_not_shown(tmp_path: Path, resident: User) -> None:
    cases = prepare(tmp_path, cases=3)
    assign_case(resident, cases[0])
    SandboxCase.objects.create(owner=resident, base=cases[2])
    finding = {"views": {key: {} for key in ("left_cc", "left_mlo", "right_mlo")}}
    cases[1].truth["findings"] = [finding]
    cases[1].save()
    make_drawn_case("ef" * 32, number=7)
    with pytest.raises(RealImagesError, match="1 unread cases"):
        draw_test(count=4, seed=1)
    assert not RealismTest.objects.exists()
    _, left = default_storage.listdir("realism") if default_storage.exists("realism") else ([], [])
    assert left == []


def test_a_case_given_away_while_images_are_made_is_not_shown(
    tmp_path: Path, resident: User
) -> None:
    cases = prepare(tmp_path)
    before = draw_test(count=4, seed=1)
    Case.objects.update(withdrawn_at=None)

    def give_all(_: str) -> None:
        if not resident.reading_sessions.exists():
            for case in cases:
                assign_case(resident, case)

    with pytest.raises(RealImagesError, match="draw again"):
        draw_test(count=4, seed=2, say=give_all)
    assert list(RealismTest.objects.filter(closed_at=None)) == [before]
    assert not Case.objects.filter(withdrawn_at__isnull=False).exists()
    folders, _ = default_storage.listdir("realism")
    assert len(folders) == 1


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    prepare(tmp_path)
    for options, reason in (
        ({"count": 2}, "at least 4"),
        ({"margin": 0.5}, "margin"),
        ({"count": 30}, "needs 1[5-8] pairs"),
        ({"generator": "none of this name"}, "none of this name"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command("draw_realism_test", **options)
    assert not RealismTest.objects.exists()


def test_without_real_images_there_is_no_test() -> None:
    with pytest.raises(CommandError, match="no real images"):
        call_command("draw_realism_test")


def test_the_share_of_real_images_lies_about_the_half() -> None:
    shares = {draw_share(40, np.random.default_rng(seed)) for seed in range(200)}
    assert shares == set(range(16, 25))

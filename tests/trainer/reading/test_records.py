"""Readings, marks and scores are evidence: written once, never changed, never removed."""

import uuid
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests.factories.practice import make_case, read_case
from trainer.accounts.models import User
from trainer.append_only import AppendOnlyError
from trainer.reading.models import Mark, Reading, Score

pytestmark = pytest.mark.django_db
RECORDS: list[type[models.Model]] = [Reading, Mark, Score]

CHANGES: list[Callable[[models.Model], object]] = [
    lambda row: row.save(),
    lambda row: row.save(update_fields=["id"]),
    lambda row: row.save(force_update=True),
    lambda row: row.delete(),
    lambda row: type(row).objects.filter(pk=row.pk).update(id=row.pk),
    lambda row: type(row).objects.filter(pk=row.pk).delete(),
    lambda row: type(row).objects.all().delete(),
    lambda row: type(row).objects.bulk_update([row], ["id"]),
    lambda row: type(row).objects.update_or_create(pk=row.pk, defaults={"id": row.pk}),
]


@pytest.fixture
def reading(resident: User) -> Reading:
    return read_case(resident, make_case())


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize("change", CHANGES)
def test_records_refuse_change(
    reading: Reading, model: type[models.Model], change: Callable[[models.Model], object]
) -> None:
    row = model._default_manager.get()
    before = model._default_manager.values().get()
    with pytest.raises(AppendOnlyError):
        change(row)
    assert model._default_manager.values().get() == before


def test_a_second_object_of_the_same_id_does_not_overwrite(reading: Reading) -> None:
    double = Reading(
        pk=reading.pk,
        assignment=reading.assignment,
        key=uuid.uuid4(),
        answers={},
        submitted_at=timezone.now(),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()
    assert Reading.objects.get().answers == reading.answers


def test_people_with_readings_cannot_be_removed(reading: Reading, resident: User) -> None:
    with pytest.raises(models.ProtectedError):
        resident.delete()
    with pytest.raises(models.ProtectedError):
        reading.assignment.case.delete()


def test_rescoring_leaves_readings_of_todays_method_alone(reading: Reading) -> None:
    call_command("rescore_readings")
    assert Score.objects.count() == 1


def test_rescoring_adds_rows_where_the_method_was_older(
    resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = read_case(resident, make_case())
    monkeypatch.setattr("trainer.measure.scoring.METHOD_VERSION", 99)
    monkeypatch.setattr("trainer.reading.domain.scores.METHOD_VERSION", 99)
    new = read_case(resident, make_case())
    first = Score.objects.get(reading=old)
    call_command("rescore_readings")
    assert list(old.scores.values_list("method_version", flat=True)) == [99, first.method_version]
    assert new.scores.count() == 1
    call_command("rescore_readings")
    assert Score.objects.count() == 3
    call_command("rescore_readings", "--force")
    assert Score.objects.count() == 5
    assert old.scores.first().result["lesions"] == first.result["lesions"]

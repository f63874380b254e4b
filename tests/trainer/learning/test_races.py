"""Answers come in while all difficulties are gone over: nothing that they taught is lost."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.factories.stored_cases import make_case
from trainer.accounts.models import User
from trainer.learning.domain import calibrating, record_answers
from trainer.learning.domain.stock import index_all_cases, refresh_stock
from trainer.learning.models import ItemDifficulty, StockItem
from trainer.learning.recorded import RecordedAnswers
from trainer.measure.scoring import Item

MISSED = [Item("not_recalled", "normal_rejection", -1, False, "")]


def find_means() -> tuple[float, float]:
    """What the answers taught of the one item, and what choosing goes by."""
    learnt = ItemDifficulty.objects.get(key="not_recalled")
    return learnt.mean, StockItem.objects.get(key="not_recalled").mean


@pytest.mark.django_db(transaction=True)
def test_what_an_answer_taught_outlasts_a_refresh_of_the_stock(resident: User) -> None:
    case = make_case(kind=None)
    index_all_cases()
    answered, refreshing = threading.Event(), threading.Event()

    def answer() -> None:
        with transaction.atomic():
            record_answers(
                reader=resident, case=case, session=uuid4(), items=MISSED, source=uuid4()
            )
            answered.set()
            refreshing.wait(10)
        connection.close()

    def refresh() -> None:
        refresh_stock()
        connection.close()

    threads = [threading.Thread(target=work) for work in (answer, refresh)]
    threads[0].start()
    assert answered.wait(10)
    threads[1].start()
    # Time to come as far as it gets while the answer is not committed.
    threads[1].join(0.5)
    refreshing.set()
    for thread in threads:
        thread.join()
    learnt, chosen_by = find_means()
    assert chosen_by == learnt > 0


@pytest.mark.django_db
def test_what_an_answer_taught_outlasts_a_fit_that_began_before_it(
    resident: User, educator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "LEAST_ANSWERS", 1)
    case = make_case(kind=None)
    index_all_cases()

    def record(reader: User) -> RecordedAnswers:
        session, source = uuid4(), uuid4()
        record_answers(reader=reader, case=case, session=session, items=MISSED, source=source)
        now = ItemDifficulty.objects.get(key="not_recalled")
        learnt.append(now.mean)
        return RecordedAnswers(reader, case, session, MISSED, source, case.created_at)

    def list_answers() -> Iterator[RecordedAnswers]:
        yield first
        record(educator)

    learnt: list[float] = []
    first = record(resident)
    calibrating.calibrate_difficulties(answers=list_answers())
    assert find_means() == (learnt[1], learnt[1])
    calibrating.calibrate_difficulties(answers=[first])
    assert find_means()[0] != learnt[1], "with nothing new, what was observed is stored"

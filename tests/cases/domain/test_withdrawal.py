import pytest
from django.core.files.storage import default_storage

from cases.domain import delete_case, generate_case, restore_case, withdraw_case
from cases.errors import CaseInUseError
from cases.models import Case, CaseView
from cases.queries import ready_cases
from tests.factories import practice
from tests.factories.cases import make_case, make_request
from tests.factories.sandbox import make_normal, make_sandbox
from trainer.accounts.models import User


@pytest.fixture
def case(db: None) -> Case:
    made = generate_case(
        request_id=make_request().pk, worker="here", synthesise=lambda spec, *_: make_case(spec)
    )
    assert made is not None
    return made


def test_a_withdrawn_case_is_given_to_nobody_until_restored(case: Case, educator: User) -> None:
    withdrawn = withdraw_case(case=case, withdrawn_by=educator, reason="A seam.")
    when = withdrawn.withdrawn_at
    assert not ready_cases().exists()
    assert (withdrawn.withdrawn_by, withdrawn.withdrawn_reason) == (educator, "A seam.")
    assert withdraw_case(case=case, withdrawn_by=None).withdrawn_at == when
    assert restore_case(case=case).withdrawn_at is None
    assert list(ready_cases()) == [case]


@pytest.mark.django_db(transaction=True)
def test_a_case_that_nobody_read_goes_with_its_files(case: Case) -> None:
    folder = case.folder
    assert len(default_storage.listdir(folder)[1]) == 16
    delete_case(case=case)
    assert not Case.objects.exists()
    assert not CaseView.objects.exists()
    assert not default_storage.exists(folder)


def test_a_case_that_was_given_to_a_reader_stays(resident: User) -> None:
    case = practice.make_case()
    practice.read_case(resident, case)
    with pytest.raises(CaseInUseError, match="withdrawn"):
        delete_case(case=case)
    assert Case.objects.get(pk=case.pk).findings.exists()
    # Its feedback can still be shown.
    withdraw_case(case=case, withdrawn_by=None)
    assert case.views.count() == 4


def test_a_case_in_a_sandbox_is_kept_for_no_untrue_reason(educator: User) -> None:
    base = make_normal()
    make_sandbox(educator, base)
    with pytest.raises(CaseInUseError, match="is in use"):
        delete_case(case=base)
    assert Case.objects.filter(pk=base.pk).exists()

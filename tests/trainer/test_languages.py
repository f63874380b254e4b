"""The language of a person: kept with them, used for what the reading room is told."""

import ast
import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from generation import vocabulary
from tests.factories.practice import assign_case, make_answers, make_case
from tests.trainer.api.conftest import SignIn, api
from trainer.accounts.models import Language, User

__all__ = ["api"]

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES"


def read_po() -> dict[str, str]:
    text = (FOLDER / "django.po").read_text("utf-8")
    pairs = re.findall(r'^msgid (".*")\nmsgstr (".*")$', text, re.MULTILINE)
    return {ast.literal_eval(key): ast.literal_eval(value) for key, value in pairs if key != '""'}


def list_labels(words: Any) -> set[str]:
    if isinstance(words, dict):
        own = {words["label"]} if "label" in words else set()
        return own.union(*(list_labels(value) for value in words.values()))
    return set().union(*map(list_labels, words)) if isinstance(words, list) else set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (FOLDER / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for key, value in read_po().items():
        assert catalogue.gettext(key) == value
        assert set(re.findall(r"%\((\w+)\)", key)) == set(re.findall(r"%\((\w+)\)", value))


def test_every_word_of_the_vocabulary_has_its_german() -> None:
    assert list_labels(vocabulary.to_json()) <= set(read_po())


def test_words_come_in_the_language_that_is_asked_for(api: SignIn, resident: User) -> None:
    client = api(resident)
    german = client.get("/api/vocabulary/?language=de").json()
    english = client.get("/api/vocabulary/").json()
    assert german["finding_kinds"][0]["label"] == "Herdbefund"
    assert english["finding_kinds"][0]["label"] == "Mass"
    assert german["finding_kinds"][0]["key"] == english["finding_kinds"][0]["key"]
    refused = client.get("/api/vocabulary/?language=xx")
    assert (refused.status_code, "language" in refused.json()) == (400, True)


def test_a_persons_language_is_kept_and_answered_in(api: SignIn, resident: User) -> None:
    client = api(resident)
    assert client.get("/api/me/").json()["language"] == "en"
    assert client.patch("/api/me/", {"language": "xx"}).status_code == 400
    assert client.patch("/api/me/", {"language": "de"}).json()["language"] == "de"
    resident.refresh_from_db()
    assert resident.language == Language.GERMAN
    assignment = assign_case(resident, make_case())
    body = {
        "assignment": str(assignment.pk),
        "key": str(assignment.pk),
        "answers": make_answers(density=None),
        "log": {"total_ms": 1},
    }
    refused = client.post("/api/readings/", body)
    assert refused.json() == {"density": ["Wählen Sie die Brustdichte."]}
    assert translation.get_language() == "en", "one person's language stays with one answer"


def test_the_page_says_its_language(api: SignIn, resident: User) -> None:
    resident.language = Language.GERMAN
    resident.save()
    assert b'<html lang="de">' in api(resident).get("/").content

"""The language of a person: kept with them, used for what the reading room is told."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from generation import vocabulary
from generation.lesions import REGISTRY
from generation.meanings import MEANINGS
from generation.population.wishes import complete_words
from generation.teaching import explain_finding
from tests.factories.practice import assign_case, make_answers, make_case
from tests.generation.specs import make_lesion, make_spec
from tests.trainer.api.conftest import SignIn, api
from trainer.accounts.models import Language, Role, User
from trainer.api.teaching import translate_teaching
from trainer.api.vocabulary import GROUP_LABELS

__all__ = ["api"]

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Shown:
    dprime: float
    visible: bool = True


FOLDER = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES"


def read_po() -> dict[str, str]:
    text = (FOLDER / "django.po").read_text("utf-8")
    pairs = re.findall(r'^msgid (".*")\nmsgstr (".*")$', text, re.MULTILINE)
    return {ast.literal_eval(key): ast.literal_eval(value) for key, value in pairs if key != '""'}


def list_msgids() -> set[str]:
    text = (FOLDER / "django.po").read_text("utf-8")
    return {ast.literal_eval(key) for key in re.findall(r'^msgid (".*")$', text, re.MULTILINE)}


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


def list_sources() -> Iterator[Path]:
    for app in ("trainer", "cases"):
        yield from (settings.BASE_DIR / app).rglob("*.py")


def list_marked_texts() -> set[str]:
    """What the code and the templates give to gettext."""
    marked = set()
    for source in list_sources():
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                named = node.func.id in ("_", "gettext", "gettext_lazy", "ngettext")
                if named and node.args and isinstance(node.args[0], ast.Constant):
                    marked.add(node.args[0].value)
    for template in (settings.BASE_DIR / "trainer").rglob("templates/**/*.html"):
        text = template.read_text("utf-8")
        marked.update(re.findall(r'{% translate "([^"]+)" %}', text))
        blocks = re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text)
        marked.update(re.sub(r"{{ (\w+) }}", r"%(\1)s", block) for block in blocks)
    return marked


def test_every_text_of_the_server_has_its_german() -> None:
    labels = {kind.label for kind in REGISTRY.values()} | set(GROUP_LABELS.values())
    meanings = {meaning for values in MEANINGS.values() for meaning in values.values()}
    for texts in (list_marked_texts(), labels, meanings, set(Role.labels)):
        assert texts - list_msgids() == set()


def test_templates_hold_no_text_outside_the_catalogue() -> None:
    for template in (settings.BASE_DIR / "trainer").rglob("templates/**/*.html"):
        text = strip_blocks(template.read_text("utf-8"))
        text = re.sub(r"{%.*?%}|{{.*?}}", "", text)
        shown = re.sub(r"<[^>]*>", "", text, flags=re.DOTALL).replace("Parenchyma", "")
        assert not re.search(r"[A-Za-z]{2}", shown), template.name


def strip_blocks(template: str) -> str:
    for tag in ("blocktranslate", "comment"):
        template = re.sub(rf"{{% {tag}.*?{{% end{tag} %}}", "", template, flags=re.DOTALL)
    return template


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_every_kind_of_finding_is_taught_in_german(kind: str) -> None:
    finding = REGISTRY[kind]
    for words in complete_words(finding, {}):
        category, counts = finding.assess(words), finding.count(words)
        lesion = make_lesion(
            kind=kind,
            descriptors=words,
            count=counts[0] if counts else None,
            size_mm=finding.size_mm[1] / 2,
            assessment=category,
            pathology="none" if category == "1" else "malignant",
        )
        for cc, mlo in ((9.0, 8.0), (9.0, 3.0), (3.0, 9.0), (2.0, 3.0), (3.0, 2.0)):
            views = {"left_cc": Shown(dprime=cc), "left_mlo": Shown(dprime=mlo)}
            text = explain_finding(lesion, spec=make_spec(lesion, density="D"), views=views)
            assert translate_teaching(text) == text
            with translation.override("de"):
                german = translate_teaching(text)
            assert not set(re.split(r"[.!?] ?", text)[:-1]) & set(re.split(r"[.!?] ?", german))
            assert re.findall(r"\d+", german) == re.findall(r"\d+", text)


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


@pytest.mark.parametrize(
    ("asked", "language"), [("de-AT,de;q=0.9", "de"), ("fr", "en"), ("", "en")]
)
def test_who_is_not_signed_in_is_answered_in_the_browsers_language(
    client: Client, asked: str, language: str
) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": asked})
    assert f'<html lang="{language}">' in page.content.decode()
    assert ("Anmelden" in page.content.decode()) == (language == "de")
    assert "Accept-Language" in page["Vary"]

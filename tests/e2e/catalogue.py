"""What must not be on a German page: the English texts of the catalogues."""

import ast
import re
from collections.abc import Iterator

from tests.system.site import ROOT

# So many words in a row do not stand in German by chance.
FEWEST_WORDS = 3
VALUES = re.compile(r"\{\w+\}|%\(\w+\)[sd]|#|<[^>]+>")

# What a page shows and says, but for what is marked as being in another language.
READ_PAGE = """() => {
    const page = document.body.cloneNode(true);
    for (const other of page.querySelectorAll('[lang]:not([lang="de"])')) other.remove();
    const names = ["aria-label", "title", "alt", "placeholder"];
    const said = [...page.querySelectorAll("*")].flatMap((element) =>
        names.map((name) => element.getAttribute(name) ?? ""));
    return [page.textContent, document.title, ...said].join("\\n");
}"""


def list_english_phrases() -> list[str]:
    """The English texts of both catalogues, without their values and without single words."""
    pieces = [piece for text in _list_texts() for piece in VALUES.split(text)]
    phrases = {piece.strip(" .,:;") for piece in pieces}
    return sorted(phrase for phrase in phrases if len(phrase.split()) >= FEWEST_WORDS)


def _list_texts() -> Iterator[str]:
    folder = ROOT / "frontend" / "src" / "i18n"
    for source in (folder / "en.ts", *(folder / "en").glob("*.ts")):
        text = re.sub(r'" \+\n\s*"', "", source.read_text("utf-8"))
        yield from map(ast.literal_eval, re.findall(r'"(?:[^"\\\n]|\\.)*"', text))
    catalogue = ROOT / "trainer" / "locale" / "de" / "LC_MESSAGES" / "django.po"
    keys = re.findall(r'^msgid (".*")$', catalogue.read_text("utf-8"), re.MULTILINE)
    yield from map(ast.literal_eval, keys)

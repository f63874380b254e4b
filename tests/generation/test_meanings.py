from generation.meanings import MEANINGS, explain_word
from generation.vocabulary import FINDING_KINDS, term_keys


def test_every_word_of_the_vocabulary_is_explained_and_no_other() -> None:
    words: dict[str, set[str]] = {}
    for kind in FINDING_KINDS.values():
        for descriptor in kind.descriptors:
            words.setdefault(descriptor.key, set()).update(term_keys(descriptor.values))
    assert {name: set(values) for name, values in MEANINGS.items()} == words


def test_explanations_differ_and_fit_after_the_word() -> None:
    for values in MEANINGS.values():
        assert len(set(values.values())) == len(values)
        assert all(text[0].islower() and not text.endswith(".") for text in values.values())
    assert explain_word("margin", "fluffy") == ""

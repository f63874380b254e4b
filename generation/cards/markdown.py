"""The card as a Markdown page, for whoever reads the repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generation.cards.card import Block, Card, Failure, Measured, Row, Section, Table, Training

HEAD = (
    "<!-- Written by `python -m generation card`: change the files it is made of, not this one. -->"
)


def write_markdown(card: Card, *, pictures: str) -> str:
    """The page as text.

    Args:
        card: of any weights.
        pictures: folder of the pictures, relative to the page; without a slash at its end.
    """
    return "\n\n".join(_list_paragraphs(card, pictures)) + "\n"


def _list_paragraphs(card: Card, pictures: str) -> Iterator[str]:
    yield HEAD
    yield f"# Model card: the generator “{_plain(card.name)}”"
    yield f"**Good for.** {_plain(card.verdict.good_for)}"
    yield f"**Not good for.** {_plain(card.verdict.not_for)}"
    yield f"**How far from real.** {_plain(card.verdict.realism)}"
    yield f"Version {card.version or 'unknown'}, weights SHA-256 `{card.sha256}`."
    yield from _write_measured(card.evaluation)
    yield from _write_measured(card.audit)
    yield "## Known failures"
    yield _plain(card.failures_standing.said)
    for failure in card.failures:
        yield from _write_failure(failure, pictures)
    for section in card.sections:
        yield from _write_section(section)
    yield "## How it was trained"
    yield from _write_training(card.training)


def _write_measured(measured: Measured) -> Iterator[str]:
    standing = measured.standing
    yield f"## {_plain(measured.title)}"
    yield _plain(measured.intro)
    origin = f" On {standing.made} by version {standing.version}." if standing.measured else ""
    yield _plain(standing.said) + origin
    if measured.answer:
        yield f"**{_plain(measured.answer)}**"
    if measured.facts:
        yield _write_facts(measured.facts)
    for table in measured.tables:
        yield f"### {_plain(table.title)}"
        yield from _write_table(table)
    if measured.notes:
        yield _write_block(Block("list", measured.notes))


def _write_failure(failure: Failure, pictures: str) -> Iterator[str]:
    yield f"### {_plain(failure.title)}"
    yield from map(_write_block, failure.blocks)
    if failure.picture:
        yield f"![{_plain(failure.picture.alt)}]({pictures}/{failure.picture.file})"


def _write_section(section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}"
    yield from map(_write_block, section.blocks)


def _write_training(training: Training) -> Iterator[str]:
    yield _write_facts(training.facts)
    if training.settings:
        yield f"### {training.settings.title}"
        yield from _write_table(training.settings)
    if training.series:
        yield "### Losses"
        yield (
            "Medians of stretches of steps. In a contest of networks no loss says how good the "
            "images are: they only show that neither side won outright."
        )
        rows = [
            (series.label, f"{series.points[0].value:.3g}", f"{series.points[-1].value:.3g}")
            for series in training.series
        ]
        yield _join_rows(("", "First", "Last"), rows)


def _write_table(table: Table) -> Iterator[str]:
    if table.intro:
        yield _plain(table.intro)
    explained = any(row.sentence for row in table.rows)
    yield _join_rows(
        ("", *table.columns, *(["In words"] if explained else [])),
        [(row.label, *row.cells, *([row.sentence] if explained else [])) for row in table.rows],
    )


def _write_facts(rows: tuple[Row, ...]) -> str:
    return "\n".join(f"- {_plain(row.label)}: {_plain(', '.join(row.cells))}" for row in rows)


def _write_block(block: Block) -> str:
    if block.kind == "list":
        return "\n".join(f"- {_plain(item)}" for item in block.items)
    return "\n\n".join(_plain(item) for item in block.items)


def _join_rows(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """One line, and no HTML: what came with a package from elsewhere is text and stays text."""
    return " ".join(text.split()).replace("<", "&lt;")

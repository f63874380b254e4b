"""The card in three sentences: good for, not good for, how far from real."""

from __future__ import annotations

from typing import Any

from generation.cards.bars import list_bars, tell_outcomes
from generation.cards.card import Block, Standing, Verdict
from generation.cards.reading import mapping, number, write_number

UNSAID = "Its card does not say."


def draw_verdict(
    good_for: tuple[Block, ...],
    not_for: tuple[Block, ...],
    report: dict[str, Any],
    standing: Standing,
) -> Verdict:
    return Verdict(
        good_for=_first_sentence(good_for),
        not_for=_first_sentence(not_for),
        realism=_judge_realism(report) if standing.measured else standing.said,
    )


def _first_sentence(blocks: tuple[Block, ...]) -> str:
    return blocks[0].items[0] if blocks else UNSAID


def _judge_realism(report: dict[str, Any]) -> str:
    """How often a classifier is right, and how many bars were met: numbers of the report alone."""
    summary = mapping(report.get("summary"))
    values = {
        "what the network draws": number(summary.get("network_c2st_auc")),
        "whole cases": number(summary.get("cases_cc_c2st_auc")),
    }
    told = [
        f"{write_number(value, 2)} for {what}"
        for what, value in values.items()
        if value is not None
    ]
    test = (
        "Small patches can be told from real ones by a program trained to do so with an area under "
        f"the ROC curve of {' and '.join(told)}, where 0.50 is guessing and 1.00 is certain"
        if told
        else "Whether a program can tell its patches from real ones was not measured"
    )
    return f"{test}; {tell_outcomes(list_bars(report))}."

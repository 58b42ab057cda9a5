"""One finding, told in full: what to do next time, on which words it rests, why it matters.

The list above it names the finding, so the first lines are free for what to do: they are seen in the smallest window.
"""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from coach.domain.finding import Evidence, Finding
from coach.practice.delivery import clock_text
from coach.practice.plain_words import shortened, standing, told

MARKS = {"fix": "✗", "good": "✓", "note": "·"}
STYLES = {"You said": "italic"}
QUOTED = 130
"""Characters of a quotation, two lines of a small window; all of it stands marked in the transcript beside it."""


def _said(evidence: Sequence[Evidence]) -> str:
    """The first of the words, when they were said, and how many places more there are."""
    if not evidence:
        return ""
    first, more = evidence[0], len(evidence) - 1
    at = f" at {clock_text(first.start_s)}" if first.start_s is not None else ""
    others = f" and {more} more {'place' if more == 1 else 'places'}, marked in your words" if more else ""
    return f"“{shortened(first.text, QUOTED)}”{at}{others}"


def card(finding: Finding) -> Content:
    """The finding as text: first what to do, then the words, then why and how sure."""
    lines = [
        Content(f"{label}: " if label else "").stylize("bold") + Content(text).stylize(STYLES.get(label, ""))
        for label, text in told(finding, _said(finding.evidence))
    ]
    return Content("\n").join([*lines, *(Content(text).stylize("dim") for text in standing(finding))])


class FindingCard(Static):
    """Shows one finding."""

    def show(self, finding: Finding | None, empty: str) -> None:
        """Show `finding`, or the text `empty`."""
        self.update(card(finding) if finding is not None else Content(empty))

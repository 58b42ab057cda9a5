"""One finding, told in full: what to do next time, on which words it rests, why it matters.

The list above it names the finding, so the first lines are free for what to do: they are seen in the smallest window.
"""

from textual.content import Content
from textual.widgets import Static

from coach.domain.finding import Evidence, Finding
from coach.practice.delivery import clock_text
from coach.practice.plain_words import shortened, source, sureness

MARKS = {"fix": "✗", "good": "✓", "note": "·"}
QUOTED = 130
"""Characters of a quotation, two lines of a small window; all of it stands marked in the transcript beside it."""


def _quoted(piece: Evidence) -> str:
    at = f" at {clock_text(piece.start_s)}" if piece.start_s is not None else ""
    return f"“{shortened(piece.text, QUOTED)}”{at}"


def _more(count: int) -> str:
    return f" and {count} more {'place' if count == 1 else 'places'}, marked in your words" if count else ""


def card(finding: Finding) -> Content:
    """The finding as text: first what to do, then the words, then why and how sure."""
    lines = []
    if finding.verdict != "good":
        lines.append(Content("Next time: ").stylize("bold") + Content(finding.advice))
    if finding.evidence:
        quoted = Content(_quoted(finding.evidence[0])).stylize("italic")
        lines.append(Content("You said: ").stylize("bold") + quoted + Content(_more(len(finding.evidence) - 1)))
    lines.append(Content("Why: ").stylize("bold") + Content(finding.why))
    if finding.verdict == "good":
        lines.append(Content(finding.advice))
    if finding.follow_up:
        lines.append(Content("They may ask: ").stylize("bold") + Content(finding.follow_up))
    lines.append(Content(f"{sureness(finding.confidence)}.").stylize("dim"))
    if named := source(finding):
        lines.append(Content(f"This follows {named}.").stylize("dim"))
    return Content("\n").join(line for line in lines if line.plain)


class FindingCard(Static):
    """Shows one finding."""

    def show(self, finding: Finding | None, empty: str) -> None:
        """Show `finding`, or the text `empty`."""
        self.update(card(finding) if finding is not None else Content(empty))

"""One finding, told in full: what, where in my words, why it matters, what to do next time."""

from textual.content import Content
from textual.widgets import Static

from coach.domain.finding import Finding

MARKS = {"fix": "✗", "good": "✓", "note": "·"}


def times(finding: Finding) -> str:
    """Where the first evidence stands in the recording, as ` at 0:42`, or nothing."""
    starts = [e.start_s for e in finding.evidence if e.start_s is not None]
    return f" at {int(starts[0]) // 60}:{int(starts[0]) % 60:02d}" if starts else ""


def card(finding: Finding) -> Content:
    """The finding as text."""
    content = Content(f"{MARKS.get(finding.verdict, '·')} {finding.title}").stylize("bold")
    for piece in finding.evidence[:3]:
        content += Content(f"\n  “{piece.text}”{times(finding)}").stylize("italic")
    if finding.verdict == "fix":
        content += Content("\nNext time: ").stylize("bold") + Content(finding.advice)
    content += Content(f"\nWhy: {finding.why}")
    if finding.guide:
        content += Content(f" (guide {finding.guide.removeprefix('guide ')})").stylize("dim")
    if finding.follow_up:
        content += Content(f"\nThey may ask: {finding.follow_up}").stylize("dim")
    if finding.confidence < 0.75:
        content += Content("\nI am not sure of this one. Read your words and decide.").stylize("dim")
    return content


class FindingCard(Static):
    """Shows one finding."""

    def show(self, finding: Finding | None, empty: str) -> None:
        """Show `finding`, or the text `empty`."""
        self.update(card(finding) if finding is not None else Content(empty))

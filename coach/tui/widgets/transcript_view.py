"""The transcript with the words that findings rest on, unsure words and hesitations marked."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from coach.domain.finding import Evidence, Finding
from coach.domain.transcript import Transcript, Word

UNSURE_BELOW = 0.45
"""Words that the recogniser gives less than this are marked as unsure."""


def word_offsets(text: str, words: Sequence[Word]) -> list[tuple[int, int, Word]]:
    """Where each spoken word stands in `text`, as character offsets; words that cannot be found are left out."""
    found = []
    at = 0
    for word in words:
        bare = word.text.strip()
        start = text.find(bare, at) if bare else -1
        if start >= 0:
            at = start + len(bare)
            found.append((start, at, word))
    return found


def transcript_content(transcript: Transcript, findings: Sequence[Finding], chosen: Finding | None) -> Content:
    """The text with styles: `chosen` stands out, other findings are underlined, unsure words are marked with `?`."""
    content = Content(transcript.text)
    for finding in findings:
        if finding is not chosen:
            content = _style(content, finding.evidence, "underline")
    for start, end, word in word_offsets(transcript.text, transcript.spoken):
        if word.probability < UNSURE_BELOW:
            content = content.stylize("italic dim", start, end)
    if chosen is not None:
        content = _style(content, chosen.evidence, "bold reverse")
    return content


def _style(content: Content, evidence: Sequence[Evidence], style: str) -> Content:
    for piece in evidence:
        if piece.end > piece.start:
            content = content.stylize(style, piece.start, piece.end)
    return content


class TranscriptView(Static):
    """Shows one transcript."""

    def show(self, transcript: Transcript, findings: Sequence[Finding], chosen: Finding | None) -> None:
        """Show `transcript` with the evidence of `chosen`."""
        unsure = any(w.probability < UNSURE_BELOW for w in transcript.spoken)
        hesitations = sum(w.kind == "hesitation" for w in transcript.words)
        notes = []
        if unsure:
            notes.append("italic: not heard surely")
        if hesitations:
            notes.append(f"at least {hesitations} um or uh, not shown")
        corrected = [w for w in transcript.words if w.was]
        notes += [f"{w.was} → {w.text}" for w in corrected[:3]]
        content = transcript_content(transcript, findings, chosen)
        if notes:
            content = content + Content("\n\n" + "; ".join(notes)).stylize("dim")
        self.update(content)

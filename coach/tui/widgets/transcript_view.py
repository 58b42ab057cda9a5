"""The transcript with the words that findings rest on, unsure words and hesitations marked."""

import re
from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.domain.finding import Evidence, Finding
from coach.domain.transcript import Transcript, Word

UNSURE_BELOW = 0.45
"""Words that the recogniser gives less than this are marked as unsure."""

ROOMY = 5
"""Lines of the box from which on one of them is given to what was said before the chosen words."""


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


def line_of(content: Content, at: int, width: int) -> int:
    """In which line, from 0, the character `at` stands when `content` is wrapped at `width` cells."""
    plain = content.plain
    # Up to the end of its word: half a word might still fit into the line before.
    rest = re.search(r"\s", plain[at:])
    end = at + rest.start() if rest else len(plain)
    return max(0, len(Content(plain[:end]).wrap(max(1, width))) - 1)


class TranscriptView(Static):
    """Shows one transcript; inside a scrolling box it brings the chosen words into sight."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, markup=False)
        self._text = Content("")
        self._first: int | None = None

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
        self._text = content
        pieces = chosen.evidence if chosen is not None else ()
        self._first = next((piece.start for piece in pieces if piece.end > piece.start), None)
        self.update(content)
        self.call_after_refresh(self._into_sight)

    def on_resize(self) -> None:
        """Other lines at another width."""
        self.call_after_refresh(self._into_sight)

    def _into_sight(self) -> None:
        """Scroll to the chosen words; the line before them stays in sight where there is room for it."""
        box = self.parent
        if isinstance(box, VerticalScroll):
            line = 0 if self._first is None else line_of(self._text, self._first, self.content_size.width)
            before = 1 if box.size.height >= ROOMY else 0
            box.scroll_to(y=max(0, line - before), animate=False)

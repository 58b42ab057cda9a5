"""Whether anything fair can be said about an answer; if not, why not."""

from coach.domain.measures import Measures
from coach.domain.transcript import Transcript

LEAST_WORDS = 8
"""Fewer words than this are no answer: silence, a false start, or a microphone that heard nothing."""


def reason_not_to_score(transcript: Transcript | None, measures: Measures | None, least_words: int) -> str | None:
    """One plain sentence that says why the answer is not scored, or None when it can be."""
    if transcript is None:
        return "There is no transcript yet, so nothing was judged. The recording is safe."
    signal = transcript.signal
    if signal is not None and not signal.speech:
        return "No speech was heard, so nothing was judged. Check the microphone and try again."
    if signal is not None and not signal.quality.usable:
        why = f" {signal.quality.warnings[0]}" if signal.quality.warnings else ""
        return f"The sound is too poor to judge the answer fairly.{why}"
    words = len(transcript.text.split())
    if words == 0:
        return "No words were heard, so nothing was judged. Check the microphone and try again."
    if words < least_words:
        return f"Only {words} words were heard; at least {least_words} are needed to judge an answer."
    if measures is not None and measures.duration_s < 0:
        return "The length of the answer is not known, so nothing was judged."
    return None

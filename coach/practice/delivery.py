"""How long and how an answer was spoken, in words, as measured from the sound."""

from coach.domain.measures import Measures
from coach.domain.session import Answer


def clock_text(seconds: float) -> str:
    """Minutes and seconds, as `1:05`."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def delivery(measures: Measures | None) -> str:
    """Pace, long pauses and hesitations in words; "" when nothing of it could be measured."""
    if measures is None:
        return ""
    parts = []
    if measures.rate_wpm is not None:
        parts.append(f"{measures.rate_wpm:.0f} words a minute")
    if measures.long_pauses:
        count = len(measures.long_pauses)
        longest = max(pause.seconds for pause in measures.long_pauses)
        parts.append(f"{count} {'pause' if count == 1 else 'pauses'} over 1 s, the longest {longest:.1f} s")
    if measures.hesitations:
        parts.append(f"at least {measures.hesitations} um or uh")
    if measures.repeated_words:
        parts.append(f"{measures.repeated_words} repeated words")
    return "  ·  ".join(parts)


def sound_warnings(answer: Answer) -> tuple[str, ...]:
    """What was wrong with the recording, in sentences; to be read before any judgement."""
    lost = answer.take.overflows if answer.take else 0
    said = () if lost == 0 else ("This machine was too busy: some sound was lost while you spoke.",)
    signal = answer.transcript.signal if answer.transcript else None
    return said + (signal.quality.warnings if signal else ())

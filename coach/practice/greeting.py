"""What the first screen says."""

from datetime import datetime


def greeting(now: datetime, answers: int, waiting: int) -> str:
    """A short line for the local time of day, what was practised so far, and what waits."""
    part = "morning" if 4 <= now.hour < 12 else "afternoon" if now.hour < 18 else "evening"
    if waiting:
        noun = "answer was" if waiting == 1 else "answers were"
        return f"Good {part}. {waiting} recorded {noun} not judged yet: press u to do it now."
    if not answers:
        return f"Good {part}. Press enter, read the question, press space and speak. Ten minutes are enough."
    count = "one question" if answers == 1 else f"{answers} questions"
    return f"Good {part}. You have answered {count} so far. Ten minutes are enough for today."

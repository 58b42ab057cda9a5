"""Judges answers that are already there: lines of answers, plain texts, transcripts, sound files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.config import Home
from coach.domain.finding import Feedback
from coach.domain.measures import Measures
from coach.domain.question import CATEGORIES, DEFAULT_QUESTION, Program, Question
from coach.domain.transcript import Transcript, Word
from coach.errors import CoachError, UsageError
from coach.judge.engine import Judge, load_judge

MOST_BYTES = 64 * 1024 * 1024
MOST_LINE = 200_000
"""Characters of one line of a .jsonl file; half an hour of speech has about 25,000."""
MOST_TEXT = 100_000
SOUNDS = (".wav", ".flac", ".ogg", ".mp3", ".m4a")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a single text answers, as given on the command line."""

    question: str = DEFAULT_QUESTION
    category: str = "about_you"
    duration_s: float = 0.0
    program: Program | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer's judgement under its id; `says_asked` is true where the file itself says what was asked."""

    id: str
    feedback: Feedback
    says_asked: bool = False


def score_files(home: Home, files: list[Path], asked: Asked, rubric: str = "") -> Iterator[Scored]:
    """Judge every answer of the files, in order.

    Raises CoachError for a file that is missing, too large, or not in one of the known forms, naming the line.
    """
    for path in files:
        if not path.is_file():
            raise CoachError(f"There is no file {path}.", "Check the name and the folder.")
    judge = load_judge(home, rubric)
    for path in files:
        suffix = path.suffix.casefold()
        if suffix in SOUNDS:
            yield _score_sound(home, judge, path, asked)
        elif suffix == ".jsonl":
            yield from score_lines(judge, path)
        elif suffix == ".json":
            yield _score_transcript(judge, path, asked)
        elif suffix in (".txt", ".md", ""):
            text = " ".join(_read(path, MOST_TEXT * 4).split())
            yield Scored(path.stem, score_text(judge, text, asked))
        else:
            allowed = ", ".join((".jsonl", ".txt", ".json", *SOUNDS))
            raise UsageError(f"{path}: this kind of file cannot be scored. Allowed: {allowed}.")


def score_text(judge: Judge, text: str, asked: Asked) -> Feedback:
    """Judge a text of which no sound is known."""
    transcript = Transcript(text[:MOST_TEXT], (), asked.duration_s, "text")
    return judge.judge(transcript, question_of(asked), measures_of(transcript))


def score_lines(judge: Judge, path: Path) -> Iterator[Scored]:
    """Judge a .jsonl file of answers line by line."""
    _check_size(path)
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                row = _row(path, number, line)
                feedback = score_row(judge, row, f"{path}:{number}")
                yield Scored(str(row.get("id", number)), feedback, says_asked=True)


def score_row(judge: Judge, row: Mapping[str, Any], place: str = "") -> Feedback:
    """Judge one answer in the form of the .jsonl files. Raises CoachError, naming `place`, for a wrong value."""
    transcript, question = transcript_and_question(row, place)
    return judge.judge(transcript, question, measures_of(transcript))


def transcript_and_question(row: Mapping[str, Any], place: str = "") -> tuple[Transcript, Question]:
    """One answer in the form of the .jsonl files. Raises CoachError, naming `place`, for a wrong value."""
    text, duration = row.get("text"), row.get("duration_s") or 0.0
    if not isinstance(text, str):
        raise CoachError(f'{place}: "text" must be the words of the answer.')
    if isinstance(duration, bool) or not isinstance(duration, int | float) or not 0 <= duration < 36_000:
        raise CoachError(f'{place}: "duration_s" must be seconds, from 0 to 36000.')
    asked = Asked(
        str(row.get("question") or DEFAULT_QUESTION),
        _category(str(row.get("category") or "about_you"), place),
        float(duration),
        program_of(row.get("program"), place),
    )
    transcript = Transcript(" ".join(text[:MOST_TEXT].split()), (), asked.duration_s, "text")
    return transcript, question_of(asked, str(row.get("asked_by") or "faculty"))


def program_of(given: object, place: str = "") -> Program | None:
    """A program from {"name", "setting", "region", "facts"}. Raises CoachError for anything else."""
    if given is None or given == "":
        return None
    facts = given.get("facts") or [] if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(facts, list):
        raise CoachError(f'{place}: "program" must hold name and facts (a list).')
    name = str(given.get("name", ""))[:200]
    told = tuple(str(fact)[:300] for fact in facts[:40])
    return Program("", name, str(given.get("setting", ""))[:200], str(given.get("region", ""))[:200], told)


def question_of(asked: Asked, asked_by: str = "faculty") -> Question:
    """The question of a text that stands in no bank."""
    text = asked.question[:1000]
    return Question("", "", text, asked.category, asked_by=asked_by, program=asked.program)


def measures_of(transcript: Transcript) -> Measures:
    """What can be measured of the answer; without sound only length and words."""
    from coach.judge.measures import measure

    return measure(transcript)


def _category(given: str, place: str) -> str:
    if given not in CATEGORIES:
        where = f"{place}: " if place else ""
        raise CoachError(f'{where}"{given}" is no category.', f"Allowed: {', '.join(CATEGORIES)}.")
    return given


def _row(path: Path, number: int, line: str) -> Mapping[str, Any]:
    if len(line) > MOST_LINE:
        raise CoachError(f"{path}:{number}: this line is too long for one answer.")
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CoachError(f"{path}:{number}: this line is not JSON.", "Each line holds one answer.") from error
    if not isinstance(row, dict):
        raise CoachError(f'{path}:{number}: a line must hold one answer: {{"id", "question", "text", ...}}.')
    return row


def _check_size(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise CoachError(f"{path} is too large.", f"At most {MOST_BYTES // 1024 // 1024} MB are read.")


def _read(path: Path, most: int) -> str:
    _check_size(path)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.read(most)


def _score_transcript(judge: Judge, path: Path, asked: Asked) -> Scored:
    """Judge what `coach transcribe --json` printed; without the sound, pauses are not judged."""
    try:
        given = json.loads(_read(path, MOST_BYTES))
    except (json.JSONDecodeError, RecursionError) as error:
        raise CoachError(
            f"{path}: this file is not JSON.", "It must be what coach transcribe --json prints."
        ) from error
    if isinstance(given, dict) and "text" in given and ("question" in given or "category" in given):
        return Scored(str(given.get("id", path.stem)), score_row(judge, given, str(path)), says_asked=True)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise CoachError(f'{path}: a transcript must hold "text".', "It must be what coach transcribe --json prints.")
    seconds = given.get("duration_s", given.get("duration", asked.duration_s))
    duration = float(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 36_000 else asked.duration_s
    transcript = Transcript(
        given["text"][:MOST_TEXT], _words(given.get("words")), duration, str(given.get("model", ""))
    )
    return Scored(path.stem, judge.judge(transcript, question_of(asked), measures_of(transcript)))


def _words(given: object) -> tuple[Word, ...]:
    """The words of a transcript file; one that is not in form is left out, since times only help to show evidence."""
    words = []
    for word in given if isinstance(given, list) else []:
        times = (word.get("start"), word.get("end")) if isinstance(word, dict) else (None, None)
        if isinstance(times[0], int | float) and isinstance(times[1], int | float):
            kind = "hesitation" if word.get("kind") == "hesitation" else "word"
            words.append(Word(str(word.get("text", "")), float(times[0]), float(times[1]), 1.0, kind))
    return tuple(words)


def _score_sound(home: Home, judge: Judge, path: Path, asked: Asked) -> Scored:
    from coach.practice.transcribing import transcribe_file

    heard = transcribe_file(home, path)
    return Scored(path.stem, judge.judge(heard.transcript, question_of(asked), heard.measures))

"""What agreement loses by speech: `python -m benchmarks.spoken [--answers FILE] [--limit N] [--keep DIR]`.

Every labelled answer is spoken by a synthetic voice, heard by the coach's own recogniser, and judged as an answer from
the microphone is, with its pauses. Prints the tables of agreement for the answers as written and as heard, and the
difference of the mean kappa. Sounds and transcripts are kept in `--keep`, so that another judge can be measured on the
same transcripts; take another folder when the recogniser has changed.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.agreeing import Table, find_pairs, table
from benchmarks.agreement import LABELLED, labels_of, print_table
from benchmarks.voice import speak
from coach.audio.files import read_mono
from coach.config import Home, find_home
from coach.domain.finding import Feedback
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.judge.engine import load_judge
from coach.judge.measures import measure
from coach.practice.scoring import transcript_and_question
from coach.practice.vocabulary import vocabulary_for
from coach.speech.catalogue import DEFAULT_MODEL
from coach.speech.transcriber import load, transcribe
from coach.store import codec

KEPT = Path(__file__).parent.parent / ".cache" / "spoken"


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; 1 when there is no file of labelled answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=Path, default=LABELLED, help=".jsonl of labelled answers")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="M")
    parser.add_argument("--rubric", default="", help="judge by this rubric")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N answers")
    parser.add_argument("--keep", type=Path, default=KEPT, metavar="DIR")
    arguments = parser.parse_args(argv)
    if not arguments.answers.is_file():
        print(f"There is no file {arguments.answers}; give one with --answers.", file=sys.stderr)
        return 1
    rows = [json.loads(line) for line in arguments.answers.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = rows[: arguments.limit or None]
    heard = hear_all(rows, arguments.model, arguments.keep)
    judge = load_judge(find_home(), arguments.rubric)

    def judged(transcript: Transcript, question: Question) -> Feedback:
        return judge.judge(transcript, question, measure(transcript))

    written = agreement(rows, judged, (transcript_and_question(r)[0] for r in rows))
    spoken = agreement(rows, judged, heard)
    for name, measured in (("as written", written), ("as heard", spoken)):
        print(f"\n{name}")
        print_table(measured)
    print(f"\nmean kappa lost by speech and recognition: {written.mean_kappa - spoken.mean_kappa:+.3f}")
    return 0


def agreement(
    rows: list[dict[str, Any]], judged: Callable[[Transcript, Question], Feedback], transcripts: Iterable[Transcript]
) -> Table:
    """How far judging these transcripts agrees with the labels of their rows."""
    predicted: dict[str, dict[str, Any]] = {}
    for row, transcript in zip(rows, transcripts, strict=True):
        predicted[str(row["id"])] = labels_of(judged(transcript, transcript_and_question(row)[1]))
    return table({str(r["id"]): r["labels"] for r in rows}, predicted, find_pairs(rows))


def hear_all(rows: list[dict[str, Any]], model: str, keep: Path) -> list[Transcript]:
    """The transcripts of the answers, spoken and heard; those that are kept are not made again."""
    ears = None
    found = []
    models = find_home()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for number, row in enumerate(rows, start=1):
            name = hashlib.sha256(row["text"].encode()).hexdigest()[:16]
            sound, kept = keep / f"{name}.wav", keep / f"{name}-{model}.json"
            if not kept.is_file():
                if not sound.is_file():
                    speak(row["text"], sound)
                ears = ears or load(model, models)
                samples = read_mono(sound).astype(np.float32) / np.float32(32768)
                program = transcript_and_question(row)[1].program
                transcript = transcribe(ears, samples, vocabulary_for(home, program))
                draft = kept.with_suffix(".new")
                draft.write_text(codec.dump(transcript), encoding="utf-8")
                draft.replace(kept)
                print(f"heard {number} of {len(rows)}", file=sys.stderr, flush=True)
            found.append(codec.load(Transcript, kept.read_text(encoding="utf-8")))
    return found


if __name__ == "__main__":
    sys.exit(main())

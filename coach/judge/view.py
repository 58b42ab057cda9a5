"""One answer as rules see it: sentences, words, question, measures, and readings that are made only when asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from coach.domain.finding import Evidence
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.judge.embed import Embedder, Vectors
from coach.judge.language import Reader, WordFacts
from coach.judge.questions import joined
from coach.judge.sentences import Sentence, split
from coach.judge.wordings import Index, Token, index, tokens

EDGE = 3
"""How many sentences the opening and the closing have."""

_BEFORE_QUESTION = frozenset(
    {"and", "so", "but", "okay", "ok", "um", "uh", "also", "then", "first", "second", "well", "like"}
)
_QUESTION_WORDS = frozenset(
    {"what", "how", "who", "whom", "when", "where", "why", "which", "do", "does", "did", "is", "are", "was", "were",
     "can", "could", "would", "will", "should", "has", "have"}
)  # fmt: skip
_ASKING = (
    "i wonder", "i was wondering", "i am wondering", "i'm wondering", "my question", "like to ask", "like to know",
    "want to ask", "want to know", "curious", "can you tell", "could you tell", "tell me",
)  # fmt: skip
MOST_QUESTIONS = 20
"""Questions of an answer that are read on their own."""
Place = tuple[int, int]
"""Character offsets into the text."""


class Reading(Protocol):
    """What the encoder reads for one criterion."""

    @property
    def probabilities(self) -> Mapping[str, float]:
        """The probability of each value for the whole answer."""
        ...

    @property
    def by_value(self) -> Mapping[str, tuple[float, ...]]:
        """How much each sentence speaks for each value; below zero it speaks against it."""
        ...


class Encoder(Protocol):
    """Reads a whole answer once, for all criteria it was trained on."""

    def read(
        self, question: str, program_facts: Sequence[str], category: str, sentences: Sequence[str]
    ) -> Mapping[str, Reading]:
        """A reading for each criterion."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """What rules may ask; None where it is not installed, and then rules that need it are not judged."""

    encoder: Encoder | None = None
    reader: Reader | None = None
    embedder: Embedder | None = None


class View:
    """One answer with its question; expensive readings are made on first use and kept."""

    def __init__(self, transcript: Transcript, question: Question, measures: Measures | None, models: Models) -> None:
        self.text = transcript.text
        self.transcript = transcript
        self.question = question
        self.measures = measures
        self.models = models
        self.sentences: tuple[Sentence, ...] = split(transcript)
        self.words: tuple[Token, ...] = tokens(self.text)
        self._indexed: dict[bool, tuple[Sequence[Token], Index]] = {}
        self._facts: dict[int, WordFacts] | None = None
        self._readings: Mapping[str, Reading] | None = None
        self._alone: dict[int, Mapping[str, Reading]] = {}
        self._surest: dict[str, Mapping[str, int]] = {}
        self._leaned: dict[str, Mapping[str, float]] = {}
        self._vectors: Vectors | None = None
        self._question: tuple[Token, ...] | None = None

    def facts(self) -> Mapping[int, WordFacts] | None:
        """Facts on words by the offset of their first letter, or None without a pipeline."""
        if self._facts is None and self.models.reader is not None:
            self._facts = {f.start: f for f in self.models.reader(self.text)}
        return self._facts

    def lemma_words(self) -> tuple[Token, ...]:
        """The words with base forms, where a pipeline is there."""
        facts = self.facts()
        return self.words if facts is None else with_lemmas(self.words, facts)

    def indexed(self, *, lemmas: bool) -> tuple[Sequence[Token], Index]:
        """The words, with base forms if wanted, and where each stands."""
        if lemmas not in self._indexed:
            words = self.lemma_words() if lemmas else self.words
            self._indexed[lemmas] = (words, index(words))
        return self._indexed[lemmas]

    def readings(self) -> Mapping[str, Reading]:
        """The encoder's readings; empty without an encoder."""
        if self._readings is None:
            encoder, program = self.models.encoder, self.question.program
            texts = [s.text for s in self.sentences]
            facts = program.facts if program else ()
            read = encoder.read(self.question.text, facts, self.question.category, texts) if encoder else {}
            self._readings = read
        return self._readings

    def chances(self, criterion: str) -> Mapping[str, float] | None:
        """The probability of each value of a criterion, leans counted in; None when the encoder does not read it."""
        if criterion in self._leaned:
            return self._leaned[criterion]
        reading = self.readings().get(criterion)
        return reading.probabilities if reading is not None else None

    def read_questions(self, criterion: str) -> None:
        """Read each question of the answer on its own too, for a criterion that tells what is asked."""
        encoder, whole = self.models.encoder, self.chances(criterion)
        if encoder is None or whole is None or criterion in self._surest:
            return
        asked = self.range("asked")[:MOST_QUESTIONS]
        for i in asked:
            if i not in self._alone:
                self._alone[i] = encoder.read("", (), "", [self.sentences[i].text])
        alone = {i: self._alone[i][criterion].probabilities for i in asked}
        self._surest[criterion] = {k: max(alone, key=lambda i: alone[i][k]) for k in whole} if alone else {}
        self.lean(criterion, joined(whole, list(alone.values())))

    def question_for(self, criterion: str, kind: str) -> int | None:
        """The sentence that asks a kind most surely when it is read on its own; None before `read_questions`."""
        return self._surest.get(criterion, {}).get(kind)

    def lean(self, criterion: str, chances: Mapping[str, float]) -> None:
        """Put other probabilities in the place of the encoder's."""
        self._leaned[criterion] = chances

    def vectors(self) -> Vectors | None:
        """One vector a sentence, or None without an embedder."""
        if self._vectors is None and self.models.embedder is not None:
            self._vectors = self.models.embedder([s.text for s in self.sentences])
        return self._vectors

    def question_words(self) -> tuple[Token, ...]:
        """The words of the question, with base forms where a pipeline is there."""
        if self._question is None:
            words = tokens(self.question.text)
            facts = {f.start: f for f in self.models.reader(self.question.text)} if self.models.reader else {}
            self._question = with_lemmas(words, facts)
        return self._question

    def range(self, where: str) -> Sequence[int]:
        """The indices of the sentences of a place; `where` is a place of the schema other than "question"."""
        count = len(self.sentences)
        if where == "opening":
            return range(min(EDGE, count))
        if where == "closing":
            return range(max(0, count - EDGE), count)
        if where == "first sentence":
            return range(min(1, count))
        if where == "last sentence":
            return range(max(0, count - 1), count)
        if where == "asked":
            return [i for i, s in enumerate(self.sentences) if asks(s.text)]
        return range(count)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds a character."""
        for i, sentence in enumerate(self.sentences):
            if offset < sentence.end:
                return i
        return max(0, len(self.sentences) - 1)

    def evidence(self, places: Sequence[Place]) -> tuple[Evidence, ...]:
        """Places as evidence with words and times, each once, in the order of the text."""
        found = []
        for start, end in sorted(set(places)):
            i = self.sentence_at(start)
            sentence = self.sentences[i]
            found.append(Evidence(start, end, self.text[start:end], sentence.start_s, sentence.end_s))
        return tuple(found)

    def sentence_places(self, indices: Sequence[int]) -> tuple[Place, ...]:
        """The places of whole sentences; neighbours are joined."""
        places: list[Place] = []
        before = -2
        for i in sorted(set(indices)):
            sentence = self.sentences[i]
            if i == before + 1:
                places[-1] = (places[-1][0], sentence.end)
            else:
                places.append((sentence.start, sentence.end))
            before = i
        return tuple(places)


def asks(sentence: str) -> bool:
    """Whether a spoken sentence is a question, also where the recogniser wrote no question mark."""
    if sentence.rstrip("\"'”’) ").endswith("?"):
        return True
    words = [t.text for t in tokens(sentence)]
    first = next((w for w in words if w not in _BEFORE_QUESTION), "")
    return first in _QUESTION_WORDS or any(phrase in " ".join(words) for phrase in _ASKING)


def with_lemmas(words: Sequence[Token], facts: Mapping[int, WordFacts]) -> tuple[Token, ...]:
    """Words with the base forms that the pipeline gives to the words that begin at the same letter."""
    return tuple(replace(w, lemma=facts[w.start].lemma) if w.start in facts else w for w in words)


def alike(vectors: Vectors, examples: Vectors) -> Vectors:
    """For each vector, the cosine with the nearest example; -1 where there are no examples."""
    if not len(examples):
        return np.full(len(vectors), -1.0, dtype=np.float32)
    nearest: Vectors = (vectors @ examples.T).max(axis=1)
    return nearest

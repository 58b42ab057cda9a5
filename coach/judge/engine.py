"""The judge: a transcript, its timing and its question become labels, findings and an overall score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coach.config import Home, content
from coach.domain.finding import Feedback, Finding, SessionFinding, Value
from coach.domain.measures import Measures
from coach.domain.question import Question, TimeBand
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.errors import RubricError
from coach.judge.conditions import Conditions, Held
from coach.judge.leaning import lean
from coach.judge.messages import finding, without_praised_faults
from coach.judge.rubricfile import Rubric, load_rubric
from coach.judge.schema import Applies, Criterion, RubricFile
from coach.judge.scorable import reason_not_to_score
from coach.judge.score import expected_mark, groups, overall
from coach.judge.sessions import judge_session
from coach.judge.view import Encoder, Models, View

DEFAULT_RUBRIC = "residency"
NOT_JUDGED = Held(None, 0.0)


class Judge:
    """Judges answers by one rubric; keeps its models in memory, so make one and use it often."""

    def __init__(self, rubric: Rubric, models: Models) -> None:
        self.rubric = rubric
        self.models = models
        self.conditions = Conditions(rubric.file.wordings, models.embedder)

    def judge(self, transcript: Transcript, question: Question, measures: Measures) -> Feedback:
        """Give labels, findings and an overall score from 1 to 5; `not_scored` says why there are none."""
        file = self.rubric.file
        reason = reason_not_to_score(transcript, measures, file.least_words)
        if reason is not None:
            return Feedback({}, None, (), (), reason, file.id, self.rubric.hash)
        view = View(transcript, with_band(question, file), measures, self.models)
        labels: dict[str, Value] = {}
        findings: list[Finding] = []
        for criterion in file.criteria:
            value, held = self.decide(criterion, view)
            labels[criterion.id] = value
            for one, rests_on in self._each(criterion, value, held, view):
                found = finding(criterion, one, rests_on, view)
                if found is not None:
                    findings.append(found)
        findings = without_praised_faults(findings, file.criteria)
        findings.sort(key=lambda f: (-f.weight * f.confidence, f.evidence[0].start))
        if not enough_judged(labels):
            reason = too_little(self.models.encoder is None)
            return Feedback(labels, None, tuple(findings), (), reason, file.id, self.rubric.hash)
        scores = groups(file, findings, labels)
        score = overall(findings, *self._impression(view))
        return Feedback(labels, score, tuple(findings), scores, None, file.id, self.rubric.hash)

    def _impression(self, view: View) -> tuple[float | None, float]:
        """The encoder's mark for the whole answer and the share with which the rubric lets it count."""
        wanted = self.rubric.file.impression
        chances = view.chances(wanted.criterion) if wanted else None
        return (expected_mark(chances), wanted.share) if wanted and chances else (None, 0.0)

    def decide(self, criterion: Criterion, view: View) -> tuple[Value, Held]:
        """The value of one criterion: "na" where it does not apply, None where it cannot be judged."""
        if not applies(criterion, view, self.conditions):
            return "na", NOT_JUDGED
        lean(criterion, view, self.conditions)
        if criterion.many:
            return self._kinds(criterion, view)
        unknown, surest = False, 1.0
        for rule in criterion.rules:
            held = self.conditions.holds(rule.when, view, criterion.id)
            if held.holds:
                return (None, NOT_JUDGED) if unknown else (rule.gives, Held(True, held.sure * rule.sure, held.places))
            unknown = unknown or held.holds is None
            surest = min(surest, held.sure)
        if unknown or criterion.otherwise is None:
            return None, NOT_JUDGED
        return criterion.otherwise, Held(True, surest)

    def judge_session(self, answers: Sequence[Answer]) -> tuple[SessionFinding, ...]:
        """Find what only shows over several answers of a sitting, or of the candidate's history."""
        return judge_session(answers, self.rubric.file, self.models)

    def _kinds(self, criterion: Criterion, view: View) -> tuple[Value, Held]:
        found = [(r.gives, self.conditions.holds(r.when, view, criterion.id)) for r in criterion.rules]
        if any(h.holds is None for _, h in found) and not any(h.holds for _, h in found):
            return None, NOT_JUDGED
        kinds = tuple(sorted({gives for gives, held in found if held.holds}))
        return kinds, Held(True, min((h.sure for _, h in found if h.holds), default=1.0))

    def _each(self, criterion: Criterion, value: Value, held: Held, view: View) -> list[tuple[Value, Held]]:
        """The values to speak about one by one, with what each rests on."""
        if not isinstance(value, tuple):
            return [(value, held)]
        if not value:
            return [(criterion.otherwise, held)]
        rules = [(r.gives, self.conditions.holds(r.when, view, criterion.id)) for r in criterion.rules]
        return [(kind, next(h for gives, h in rules if gives == kind and h.holds)) for kind in value]


def too_little(model_missing: bool) -> str:
    """Why there is no score although something was said."""
    if model_missing:
        return "Too little could be judged for a score. The judgement model is missing; see: coach doctor"
    return "Too little could be judged for a score. Most rules of this rubric cannot be told; see: coach rubric check"


def enough_judged(labels: Mapping[str, Value]) -> bool:
    """Whether at least half of what applies could be judged; a score on less would look better than the answer is."""
    applicable = [v for v in labels.values() if v != "na"]
    return 2 * sum(v is not None for v in applicable) >= len(applicable)


def with_band(question: Question, file: RubricFile) -> Question:
    """The question with the rubric's time band for its category, unless the question has a band of its own."""
    band = file.bands.get(question.category) or file.bands.get("default")  # type: ignore[call-overload]
    if band is None or question.band != TimeBand():
        return question
    return replace(question, band=TimeBand(*band))


def applies(criterion: Criterion, view: View, conditions: Conditions) -> bool:
    """Whether a criterion applies to the question that was asked."""
    return not criterion.applies or any(_applies(a, view, conditions) for a in criterion.applies)


def _applies(where: Applies, view: View, conditions: Conditions) -> bool:
    question = view.question
    if where.categories and question.category not in where.categories:
        return False
    if question.category in where.not_in or (where.tags and not set(where.tags) & set(question.tags)):
        return False
    asked = view.question_words()
    if where.question and not conditions.finder.stands(where.question, asked):
        return False
    return not (where.unless_question and conditions.finder.stands(where.unless_question, asked))


def find_rubric(home: Home, rubric: str = "") -> Path:
    """The file of a rubric: "" is the shipped one, else the path of a file, or an id among the user's and the shipped.

    Raises RubricError when there is none, naming those that there are.
    """
    if rubric.endswith((".yaml", ".yml")) and Path(rubric).is_file():
        return Path(rubric)
    name = rubric or DEFAULT_RUBRIC
    known = rubric_files(home)
    for path in known:
        if path.stem == name:
            return path
    names = ", ".join(sorted({p.stem for p in known}))
    raise RubricError(f'There is no rubric "{rubric}".', f"Allowed: {names}, or the path of a .yaml file.")


def rubric_files(home: Home) -> tuple[Path, ...]:
    """The rubric files that can be used, the user's own first."""
    return tuple(p for folder in (home.rubrics, content("rubrics")) for p in sorted(folder.glob("*.yaml")))


def load_judge(home: Home, rubric: str = "") -> Judge:
    """Load the judge for a rubric: "" is the shipped one, else the id of a rubric or the path of a file.

    Raises RubricError when the rubric does not exist or is not well, ModelError when a shipped model is damaged.
    """
    return Judge(load_rubric(find_rubric(home, rubric)), shipped_models())


def shipped_models() -> Models:
    """The encoder, the language pipeline and the sentence embeddings, each loaded at its first use."""
    from coach.judge.embed import embed
    from coach.judge.language import read_words

    return Models(_encoder(), read_words, embed)


def _encoder() -> Encoder | None:
    from coach.judge.encoder import MODEL_FOLDER, load_encoder

    # A checkout without the model still counts and measures; what needs the model is then not judged, and says so.
    return load_encoder() if (MODEL_FOLDER / "settings.json").is_file() else None

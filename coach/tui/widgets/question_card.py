"""One question with everything that a candidate should know about it."""

from textual.content import Content
from textual.widgets import Static

from coach.domain.question import Question
from coach.practice.choosing import Mark
from coach.practice.delivery import clock_text
from coach.practice.programs import is_template

NEEDS_PROGRAM = "This question needs a program: press f and choose one. Words in braces are then filled in."


def marks_text(mark: Mark | None, *, picked: bool = False) -> str:
    """What the candidate did with a question, as signs: picked, favourite, hidden, noted."""
    signs = ("✓" if picked else " ", "★" if mark and mark.favourite else " ")
    return "".join((*signs, "-" if mark and mark.hidden else " ", "✎" if mark and mark.note else " ")).rstrip()


def question_content(question: Question, mark: Mark | None = None, past: str = "") -> Content:
    """The preview of a question."""
    band = question.band
    facts = [f"{clock_text(band.low_s)} to {clock_text(band.high_s)}"]
    facts += [question.structure] if question.structure else []
    facts += [f"{question.think_s:.0f} s to think"] if question.think_s else []
    facts += [question.asked_by.replace("_", " "), question.specialty, question.country, f"bank {question.bank_id}"]
    content = Content(question.text).stylize("bold")
    content += Content("\n" + "  ·  ".join(fact for fact in facts if fact)).stylize("dim")
    if is_template(question):
        content += Content("\n! " + NEEDS_PROGRAM)
    if mark and (mark.favourite or mark.hidden):
        content += Content(
            "\n" + "  ".join(w for w, on in (("★ favourite", mark.favourite), ("- hidden", mark.hidden)) if on)
        )
    if past:
        content += Content("\n" + past)
    parts = (
        ("My note", mark.note if mark else ""),
        ("Why they ask", question.why),
        ("Strong", question.strong),
        ("Sinks it", question.sinks),
        ("Also asked as", "\n  ".join(question.rephrasings)),
        ("Follow-ups", "\n  ".join(question.follow_ups)),
        ("Tags", ", ".join(question.tags)),
    )
    for title, text in parts:
        if text:
            content += Content(f"\n{title}: ").stylize("bold") + Content(text)
    return content


class QuestionCard(Static):
    """Shows one question."""

    def show(self, question: Question | None, mark: Mark | None = None, past: str = "", empty: str = "") -> None:
        """Show `question`, or what to do when there is none."""
        self.update(question_content(question, mark, past) if question is not None else Content(empty))

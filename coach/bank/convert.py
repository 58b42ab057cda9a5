"""From a checked bank file to what the rest of the coach works with."""

from coach.bank.records import BankInfo, FactSheet
from coach.bank.schema import AnswerSeconds, BankFile, Defaults, QuestionEntry
from coach.bank.text import harmless, one_line
from coach.domain.question import Question, TimeBand


def bank_info(bank: BankFile) -> BankInfo:
    """The bank without its questions."""
    return BankInfo(
        id=bank.id,
        title=one_line(bank.title),
        author=one_line(bank.author or ""),
        version=one_line(bank.version or ""),
        licence=one_line(bank.licence or ""),
        language=bank.language,
        about=harmless(bank.about or ""),
        rubric=bank.rubric or "",
        count=len(bank.questions),
        facts=tuple(FactSheet(one_line(f.title), harmless(f.text), f.as_of or "", f.verify) for f in bank.facts),
    )


def questions(bank: BankFile) -> tuple[Question, ...]:
    """The bank's questions in their order, with the bank's defaults filled in and every text made harmless."""
    return tuple(_question(entry, bank, bank.defaults) for entry in bank.questions)


def _question(entry: QuestionEntry, bank: BankFile, defaults: Defaults) -> Question:
    think = entry.think_seconds if entry.think_seconds is not None else defaults.think_seconds
    return Question(
        id=entry.id,
        bank_id=bank.id,
        text=one_line(entry.ask),
        category=entry.category or defaults.category or "",
        rephrasings=tuple(one_line(text) for text in entry.rephrasings),
        tags=tuple(dict.fromkeys((*entry.tags, *defaults.tags))),
        specialty=one_line(entry.specialty or defaults.specialty or ""),
        country=entry.country or defaults.country or "",
        why=harmless(entry.why or ""),
        strong=harmless(entry.strong or ""),
        sinks=harmless(entry.sinks or ""),
        structure=one_line(entry.structure or defaults.structure or ""),
        follow_ups=tuple(one_line(text) for text in entry.follow_ups),
        criteria=tuple(entry.criteria),
        band=_band(entry.answer_seconds or defaults.answer_seconds or AnswerSeconds()),
        think_s=think or 0.0,
        asked_by=entry.asked_by or defaults.asked_by or "faculty",
        rubric=bank.rubric or "",
    )


def _band(times: AnswerSeconds) -> TimeBand:
    return TimeBand(low_s=times.low, high_s=times.high, stop_s=times.stop)

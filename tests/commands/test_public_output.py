"""What other programs read: the JSON of the commands is a public interface, and standard output holds nothing else."""

import json
from dataclasses import replace

import pytest

from coach import cli
from coach.domain.measures import Measures
from coach.domain.session import Answer, Session
from coach.domain.signal import Quality, Signal, Span
from coach.domain.take import Take
from coach.domain.transcript import Word
from coach.practice import answering, doctor, scoring, transcribing
from coach.practice.archive import Archive
from coach.practice.doctor import Check
from coach.practice.scoring import Scored
from coach.practice.transcribing import Heard
from tests import builders
from tests.conftest import EVENING

QUALITY = Quality(4.0, -6.0, -20.0, -60.0, 40.0, 0.0, usable=True, warnings=())
SIGNAL = Signal(5.0, (Span(0.5, 2.0), Span(3.2, 4.9)), (Span(2.0, 3.2),), (-20.0,) * 50, QUALITY)


def run(capsys, *arguments: str):
    """Exit code, parsed standard output, standard error."""
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.fixture
def heard(monkeypatch, home, tmp_path):
    """A sound file in which the recogniser hears a known transcript."""
    spoken = builders.transcript("Um, hello there", signal=SIGNAL)
    spoken = replace(spoken, words=(Word("Um,", 0.5, 0.8, 0.9, "hesitation"), *spoken.words[1:]), text="hello there")
    result = Heard(spoken, Measures(duration_s=5.0, words=2, hesitations=1))
    monkeypatch.setattr(transcribing, "transcribe_file", lambda *_, **__: result)
    return builders.wav(tmp_path / "a.wav")


def test_transcribe(capsys, heard):
    code, printed, _ = run(capsys, "transcribe", str(heard), "--json")
    assert code == 0
    assert set(printed) == {"text", "duration_s", "model", "words", "pauses", "quality", "measures"}
    assert printed["text"] == "hello there"
    assert printed["words"][0] == {
        "text": "Um,",
        "start": 0.5,
        "end": 0.8,
        "probability": 0.9,
        "kind": "hesitation",
        "was": "",
    }
    assert printed["pauses"] == [{"start": 2.0, "end": 3.2}]
    assert printed["quality"]["snr_db"] == 40.0
    assert printed["measures"]["hesitations"] == 1


@pytest.mark.parametrize("well", [True, False])
def test_doctor(capsys, monkeypatch, home, well):
    checks = (
        Check("disk", ok=True, detail="52 GB free"),
        Check("microphone", well, "none", "" if well else "Plug in."),
    )
    monkeypatch.setattr(doctor, "examine", lambda *_: checks)
    code, printed, _ = run(capsys, "doctor", "--json")
    assert code == (0 if well else 1)
    assert printed["ok"] is well
    assert printed["checks"][1] == {
        "name": "microphone",
        "ok": well,
        "detail": "none",
        "mend": "" if well else "Plug in.",
    }


@pytest.fixture
def kept(home, tmp_path):
    """A home with one judged answer and one that waits."""
    archive = Archive(home)
    archive.answers.add_session(Session("s", EVENING))
    archive.answers.add_answer("s-01", "s", builders.question(), "Tell me.", EVENING)
    archive.answers.keep_take("s-01", Take(home.takes / "s" / "s-01.wav", 16_000, state="complete"), "recorded")
    measures = replace(builders.measures(), rate_wpm=128.0, hesitations=3)
    archive.answers.keep_transcript("s-01", builders.transcript(), measures, EVENING)
    archive.answers.keep_feedback("s-01", builders.feedback(), EVENING)
    archive.answers.add_answer("s-02", "s", builders.question(), "Again?", EVENING)
    archive.answers.keep_take("s-02", Take(home.takes / "s" / "s-02.wav", 16_000, state="complete"), "recorded")
    archive.close()
    return home


def test_review_lists_what_was_kept_and_what_waits(capsys, kept):
    code, printed, _ = run(capsys, "review", "--json")
    assert code == 0
    assert printed["unfinished"] == ["s-02"]
    (session,) = printed["sessions"]
    assert session["session"] == "s"
    judged = session["answers"][0]
    assert set(judged) == {
        "session",
        "answer",
        "question",
        "attempt",
        "started",
        "state",
        "take",
        "transcript",
        "labels",
        "overall",
        "findings",
        "groups",
        "not_scored",
        "problem",
    }
    assert judged["question"] == {
        "key": "tests/mistake",
        "text": "Tell me.",
        "category": "behavioral",
        "program": None,
    }
    assert judged["overall"] == 3.6
    finding = judged["findings"][0]
    assert set(finding) >= {"criterion", "value", "evidence", "confidence", "why", "advice", "follow_up"}
    assert finding["evidence"][0] == {
        "start": 0,
        "end": 47,
        "text": "One night I wrote the wrong dose for a patient.",
        "start_s": 3.0,
        "end_s": 5.0,
    }


def test_review_opens_one_answer_by_its_id_and_searches_by_words(capsys, kept):
    assert run(capsys, "review", "s-01", "--json")[1]["answer"] == "s-01"
    assert [a["answer"] for a in run(capsys, "review", "consultant", "--json")[1]["sessions"][0]["answers"]] == ["s-01"]
    assert run(capsys, "review", "helicopter", "--json")[1]["sessions"] == []


def test_review_for_people_says_what_to_change(capsys, kept):
    assert cli.main(["review", "s-01"]) == 0
    told = capsys.readouterr().out
    assert "0:01  ·  attempt 1  ·  3.6 of 5  ·  1 thing to change" in told
    assert "128 words a minute  ·  at least 3 um or uh" in told
    assert "Reliability 3.5   Communication 4.0" in told
    assert told.index("What to change next") < told.index("Next time: End with") < told.index("What was good")
    assert "I am sure of this. This follows a guide to interview-day mistakes, section 4." in told
    assert not any(sign in told for sign in ("%", "§", "guide 0"))
    assert told.count("Next time:") == 1
    assert cli.main(["review"]) == 0
    listed = capsys.readouterr()
    assert "s-01  0:01  ·  attempt 1  ·  3.6 of 5" in listed.out
    assert "128 words a minute" in listed.out
    assert "coach review --again" in listed.err


def test_a_search_for_words_that_no_answer_has_together_says_so(capsys, kept):
    code, printed, told = run(capsys, "review", "helicopter", "consultan", "--json")
    assert code == 0
    assert [a["answer"] for a in printed["sessions"][0]["answers"]] == ["s-01"]
    assert told == "No answer has all these words. The best matches come first.\n"
    assert run(capsys, "review", "consultant", "--json")[2] == ""


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ((), ("Tell me about yourself.", "--ask", "--question ID", "coach bank list")),
        (("--ask", "Why our program?"), ("questions about you", "--category", "program_specific")),
        (("--ask", "Why our program?", "--category", "program_specific"), ()),
        (("--question", "tests/mistake"), ()),
    ],
)
def test_answer_says_which_question_or_category_it_assumes(capsys, monkeypatch, home, tmp_path, named, told):
    given = []
    judged = Answer("s-01", "s", builders.question(), "Why?", 1, EVENING, feedback=builders.feedback())
    monkeypatch.setattr(answering, "answer_file", lambda *asked: given.append(asked) or judged)
    code, printed, said = run(capsys, "answer", "--input", str(builders.wav(tmp_path / "a.wav")), *named, "--json")
    assert code == 0
    assert len(given) == 1
    assert printed["answer"] == "s-01"
    assert all(part in said for part in told)
    assert bool(said) == bool(told)


@pytest.mark.parametrize(
    ("says_asked", "named", "told"),
    [
        ((False, False), (), 'No question was named, so this is judged as an answer to "Tell me about yourself."'),
        ((True, False), ("--question", "Why us?"), "No category was named"),
        ((True, False), ("--question", "Why us?", "--category", "program_specific"), ""),
        ((True, True), (), ""),
    ],
)
def test_score_says_once_what_it_assumes_where_a_file_does_not_say(capsys, monkeypatch, home, says_asked, named, told):
    judged = [Scored(str(n), builders.feedback(), says) for n, says in enumerate(says_asked)]
    monkeypatch.setattr(scoring, "score_files", lambda *_: iter(judged))
    assert cli.main(["score", "a.json", *named]) == 0
    printed, said = capsys.readouterr()
    assert said.startswith(told)
    assert said.count("was named") == bool(told)
    assert printed.count("3.6 of 5") == 2


LOST = "The recogniser's file is damaged.\nInstall it again: coach models"
WHY_LOST = "The recogniser's file is damaged. Install it again: coach models"


def test_review_says_why_an_answer_has_no_feedback(capsys, kept):
    archive = Archive(kept)
    archive.answers.set_state("s-02", "failed", LOST)
    archive.answers.add_answer("s-03", "s", builders.question(), "And now?", EVENING)
    archive.answers.add_answer("s-04", "s", builders.question(), "And here?", EVENING)
    archive.answers.keep_transcript("s-04", builders.transcript("um"), None, EVENING)
    archive.answers.keep_feedback("s-04", builders.feedback(overall=None, not_scored="Too short."), EVENING)
    archive.close()
    answers = run(capsys, "review", "--json")[1]["sessions"][0]["answers"]
    assert [a["not_scored"] for a in answers[1:]] == [
        WHY_LOST,
        "Not judged, because nothing was recorded.",
        "Too short.",
    ]
    assert answers[1]["problem"] == LOST
    assert cli.main(["review"]) == 0
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    for name, why in (("s-02", WHY_LOST), ("s-03", "Not judged, because"), ("s-04", "Not scored: Too short.")):
        at = next(at for at, line in enumerate(told) if line.startswith(name))
        assert told[at + 2].startswith(why)
    at = next(at for at, line in enumerate(told) if line.startswith("s-01"))
    assert told[at + 3].startswith("s-02")
    assert cli.main(["review", "s-02"]) == 0
    assert WHY_LOST in capsys.readouterr().out


def test_an_answer_that_waits_or_was_set_aside_says_so(capsys, kept):
    assert cli.main(["review"]) == 0
    assert "Not judged yet. Do it now with: coach review --again" in capsys.readouterr().out
    archive = Archive(kept)
    archive.set_aside(archive.answer("s-02"))
    archive.close()
    assert cli.main(["review"]) == 0
    assert "set aside. The recording is kept" in capsys.readouterr().out


def test_an_empty_home_says_how_to_begin(capsys, home):
    assert cli.main(["review"]) == 0
    assert "No answers yet" in capsys.readouterr().out

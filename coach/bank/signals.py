"""The nine backchannel signals: what to ask residents, and how a supportive and a weak answer sounds (guide 1)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignalGuide:
    """One of the nine signals of guide 1, in our own words.

    `ask` are questions for residents (never "are you IMG-friendly?"); `supportive` and `weak` say how an answer sounds.
    """

    id: str
    title: str
    ask: tuple[str, ...]
    supportive: str
    weak: str


SIGNALS = (
    SignalGuide(
        "visas",
        "How they talk about visas when you ask twice",
        (
            "When did the program start your visa papers, and who did the work?",
            "Has a resident here ever lost a start date or a place because of a visa?",
            "What happens when somebody asks about H-1B, or about waiver jobs later?",
        ),
        "It is logistics: names of the people who do it, dates, both types done before, time kept in reserve.",
        "It is a burden: case by case, we will see, mostly J-1 so far, or a resident who had to fight for it alone.",
    ),
    SignalGuide(
        "outcomes",
        "Where their international graduates are now",
        (
            "Where did the last three classes go, and the international graduates among them?",
            "Who wrote your fellowship letters, and did they offer or did you have to ask?",
            "Were your chances after residency the same as those of US graduates?",
        ),
        "Names and places: fellowships, faculty posts, jobs they wanted; graduates who still recommend the program.",
        "Two lists: US graduates went to fellowships, international ones took what was left.",
    ),
    SignalGuide(
        "accents",
        "What happens when a patient complains about an accent",
        (
            "What does the attending do when a patient asks for a doctor without an accent?",
            "What kind of feedback on communication did you get in your first months?",
        ),
        "The team stands behind the resident; feedback names phrases and situations and helps with notes and calls.",
        "Nobody steps in, nurses go past you to others, or the advice is only to speak better.",
    ),
    SignalGuide(
        "schedule",
        "Who covers the holes in the schedule",
        (
            "Who is called first when somebody is sick?",
            "How are nights, holidays and light months shared out?",
            "Who got the good elective and research months last year?",
        ),
        "There is a rule that everybody knows, and the extra load moves round.",
        "The same people cover, because they are on a visa, have no family here, or will not complain.",
    ),
    SignalGuide(
        "scores",
        "What they make of scores, attempts and gaps",
        (
            "Do the residents here have different roads behind them: attempts, gaps, older graduation years?",
            "From how many different schools and countries do you come?",
        ),
        "Several roads and countries; somebody tells of an attempt without fear and is valued.",
        "International graduates only with very high scores, or all from one or two schools.",
    ),
    SignalGuide(
        "committee",
        "Who sits on the selection committee",
        (
            "Which faculty or chiefs on the selection committee trained abroad themselves?",
            "Does anybody in the program's leadership come from an international school?",
        ),
        "Names at once, with their own stories, said with pride.",
        "A vague answer, or nobody.",
    ),
    SignalGuide(
        "integration",
        "How newcomers are brought in",
        (
            "Who helped you in the first three months, and was that planned?",
            "What does orientation say about how hospitals work here, apart from the computer?",
            "When you asked a beginner's question, what came back?",
        ),
        "A senior by name, a plan for the first months, and chiefs who say that feeling slow at first is normal.",
        "You swim or you sink, and who is slow is soon called a poor fit.",
    ),
    SignalGuide(
        "hospital",
        "What the hospital itself wants",
        (
            "Has the hospital tried to cut visa sponsorship in the last years?",
            "Has the number of international residents gone up or down over five years?",
            "Did anybody have trouble with a contract because of a visa and not because of work?",
        ),
        "Steady or rising numbers, and an office that knows the way.",
        "Falling numbers, delays that are explained anew each year, or threats at contract time.",
    ),
    SignalGuide(
        "struggles",
        "What happens to a resident who struggles",
        (
            "When a resident has a hard time, what does the program do in the first week?",
            "Has anybody been on probation, and was it clear why?",
            "Are you watched more closely than US graduates, or the same?",
        ),
        "A plan with goals and help, progress that is looked at, and the same measure for all.",
        "One complaint and there is talk of probation; people say that they walk on eggshells.",
    ),
)
"""In the order of guide 1."""

SIGNAL_IDS = tuple(signal.id for signal in SIGNALS)

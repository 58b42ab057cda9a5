"""The word lists and the advice behind `coach.bank.asking`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Better:
    """How a question could be better: why, and a question to ask in its place ("" where none is needed)."""

    why: str
    instead: str = ""


SIGNS: dict[str, tuple[str, ...]] = {
    "support": (
        *(
            "overwhelm",
            "burn out",
            "burnout",
            "burned out",
            "struggl",
            "wellness",
            "well being",
            "wellbeing",
            "support",
        ),
        *(
            "back up",
            "backup",
            "busy night",
            "call night",
            "heavy night",
            "night float go",
            "alone at night",
            "help new",
        ),
        *(
            "adjust",
            "mental health",
            "hard time",
            "bad week",
            "too tired",
            "unsafe",
            "fatigue",
            "mentor",
            "safe",
            "cope",
        ),
        *(
            "ask for help",
            "look after",
            "speak up",
            "step in",
            "look out for",
            "exhausted",
            "stand behind",
            "who covers",
        ),
        *("picks up", "picked up", "who do you call", "wake the", "going under", "goes under", "too much", "too heavy"),
        *(
            "says stop",
            "say stop",
            "bad shift",
            "on nights",
            "at night when",
            "in the night",
            "not doing ok",
            "felt alone",
        ),
        *("you alone", "first time alone", "at once who", "cross covering"),
    ),
    "training": (
        *("learn", "feedback", "teach", "curriculum", "successful", "do well", "first three months", "first months"),
        *("supervis", "autonomy", "procedure", "simulation", "didactic", "board exam", "evaluat", "grow", "train"),
        *(
            "quality improvement",
            "research",
            "skill",
            "stand out",
            "succeed",
            "prepare",
            "responsib",
            "rotation",
            "improve",
        ),
        *("residents asked", "changed in the program", "case mix", "what makes an intern", "taught", "watches"),
        *("strongest intern", "did really well", "doing well", "let you do", "sim lab", "get wrong", "good intern"),
    ),
    "logistics": (
        *("salary", "paid", "vacation", "holiday", "parking", "housing", "insurance", "benefit", "visa", "h1b"),
        *("h 1b", "j1", "j 1", "sponsor", "schedule look", "how many hours", "hours a week", "how many residents"),
        *(
            "how many beds",
            "moonlight",
            "start date",
            "contract",
            "meal",
            "stipend",
            "call days",
            "days off",
            "relocation",
        ),
        *("weekends", "hourly rate", "how long is", "what time", "electronic record do you use", "how many patients"),
    ),
    "prestige": (
        *("competitive", "ranking", "ranked", "reputation", "prestig", "famous", "match rate", "fellowship match"),
        *(
            "fellowship list",
            "top fellowship",
            "best fellowship",
            "what fellowships",
            "how many fellows",
            "get into cardiology",
        ),
        *(
            "get to a fellowship",
            "get a fellowship",
            "which fellowship",
            "applying for fellowship",
            "news rank",
            "graduates match",
        ),
        *(
            "board pass rate",
            "rank do you",
            "low score",
            "your name when",
            "how many applicants",
            "average score",
            "cut off",
            "cutoff",
            "big name",
            "ivy",
        ),
    ),
}

"""Words, or beginnings of words, that speak for a kind."""

VISA = ("visa", "h1b", "h 1b", "j1", "j 1", "sponsor")
"""Words, or beginnings of words, of a question on visas."""

FAMILIES = (
    (
        VISA,
        Better(
            "The program's page or the coordinator knows the visa policy; asked of every interviewer it costs you.",
            "To the coordinator: when do you start the visa papers after Match Day, and what do you need from me?",
        ),
    ),
    (
        ("fellowship", "match rate"),
        Better(
            "It is allowed, but as the first or only question it sounds as if you want to leave.",
            "How do faculty help a resident who finds a field they love here?",
        ),
    ),
    (
        ("competitive", "how many applicants", "ranking", "ranked", "reputation", "prestig", "cut off", "cutoff"),
        Better(
            "They know that you are not choosing them for a name.",
            "What do interns who do well here do in their first three months?",
        ),
    ),
    (
        ("salary", "paid", "benefit", "vacation", "insurance", "holiday", "parking", "meal", "stipend"),
        Better(
            "The contract and the page say this; the coordinator can send it to you.",
            "What do you enjoy about living here?",
        ),
    ),
    (
        ("schedule", "hours", "call days", "days off"),
        Better(
            "Ask about the people in the schedule and not about its hours.",
            "On a busy call night, how do seniors step in for an intern?",
        ),
    ),
)
"""Advice for questions that many candidates ask, by words that give them away."""

FOR_RESIDENTS = Better(
    "Ask a resident this, and nobody else: they answer from their own life. Listen for names, dates and steps."
)
"""What to say about a question that only who works there can answer (guide 1)."""

GENERAL = {
    "prestige": Better(
        "It asks how good they are, not how they work.",
        "What would you like to change next in how residents are trained?",
    ),
    "logistics": Better(
        "A page or an e-mail answers it; use the minutes with people for what only people know.",
        "What did you not know before you started here?",
    ),
    "training": Better(
        "A good kind of question. Add what you read or saw here today, so that it fits only this program."
    ),
    "support": Better("The best kind of question. Ask for one recent example, and listen for names and steps."),
    "other": Better(
        "It is not clear what you want to know.", "How does the program help new interns with notes and orders?"
    ),
}
"""Advice for every other question of a kind."""

STOP_WORDS = frozenset(
    {
        *(
            "the",
            "and",
            "for",
            "from",
            "with",
            "are",
            "was",
            "were",
            "does",
            "did",
            "you",
            "your",
            "our",
            "this",
            "that",
        ),
        *("there", "here", "how", "what", "who", "when", "where", "which", "why", "can", "could", "would", "will"),
        *("have", "has", "had", "program", "resident", "intern"),
    }
)
"""Words that say nothing on what a question is about."""

import pytest

from mockint.model import Card, Expects, Job, Question, Structure, typed_transcript
from mockint.scoring import score
from tests.scoring.samples import FULL_STORY, OFF_TOPIC

PITCH = Question(text="Tell me about yourself.", kind="behavioural")
WHY = Question(text="Why do you want to work here?", kind="behavioural")
HOW = Question(text="How do you handle disagreement in a review?", kind="behavioural")

WHO = "I'm a tester with nine years in banking, and now I look after the releases of a small team."
DID = "Last year I built a tool that checks every report before it goes out, and errors fell by half."
HERE = "You publish tools that other people's tests depend on, and that is why I applied for this role."
THEM = "Your wards write the handover notes into one shared record, and no other hospital here does that."
REASON = "I want to work where the night shift knows what the day shift knew, because I have seen what is lost."
BACKING = "At my last job I spent two winters on nights and wrote the checklist we still use."
STEPS = (
    "First I read the change again with their comment in mind. Then I ask what would go wrong if we did it my way. "
    "After that I write both ways down in the review, a line each."
)
REASONS = "I do that because people calm down once they see their own view written by somebody else."
EXAMPLE = "Last year a colleague and I had two ways to name the same table, and we left it to the people who query it."


def scored(question: Question, text: str, job: Job | None = None) -> Card:
    return score(question, typed_transcript(text), job)


def present(structure: Structure) -> list[str]:
    return [part.name for part in structure.parts if part.status == "present"]


@pytest.mark.parametrize(
    ("question", "sentences", "level"),
    [
        (PITCH, (WHO, DID, HERE), 5),
        (PITCH, (WHO, DID.replace(", and errors fell by half", ""), HERE), 4),
        (PITCH, (WHO, HERE), 3),
        (PITCH, (WHO,), 2),
        (WHY, (THEM, REASON, BACKING), 4),
        (WHY, (THEM, "Your patients stay for weeks rather than for hours.", REASON, BACKING), 5),
        (WHY, (THEM, REASON), 3),
        (WHY, ("I want to work where somebody will teach me something new every week.",), 2),
        (HOW, (STEPS, REASONS, EXAMPLE), 5),
        (HOW, (STEPS, REASONS), 4),
        (HOW, (STEPS,), 3),
    ],
)
def test_more_parts_reach_a_higher_level(question: Question, sentences: tuple[str, ...], level: int) -> None:
    structure = scored(question, " ".join(sentences)).structure
    assert structure.level == level
    assert structure.is_story is None
    assert structure.components is None
    assert structure.meaning
    assert bool(structure.next_level) == (level < 5)


def test_parts_are_quoted_and_what_is_missing_is_suggested() -> None:
    card = scored(PITCH, f"{WHO} {DID}")
    assert present(card.structure) == ["who you are", "what you did"]
    assert card.structure.parts[0].findings[0].quote == WHO
    assert card.suggestions[0].rule == "structure.pitch.why"
    assert card.suggestions[0].finding is not None
    assert DID.endswith(card.suggestions[0].finding.quote)
    assert card.strength is not None
    assert card.strength.finding.quote == DID


def test_the_company_of_the_job_counts_for_a_motivation() -> None:
    job = Job(company="Havenlicht", mission="Light for every harbour of the coast")
    text = "Havenlicht keeps the lamps of forty piers burning. I enjoy work that somebody out there depends on."
    assert present(scored(WHY, text, job).structure) == ["the company or the work", "your own reasons"]
    assert present(scored(WHY, text).structure) == ["your own reasons"]


SALADS = {
    "pitch": "developer engineer years experience built led project passionate role company your next step",
    "motivation": "your company mission product culture values passionate because role opportunity enjoy want",
    "approach": "first then next finally steps ask listen plan review because for instance last year communicate",
}


@pytest.mark.parametrize("expects", ["pitch", "motivation", "approach"])
def test_junk_is_level_2_at_most(expects: Expects) -> None:
    question = {"pitch": PITCH, "motivation": WHY, "approach": HOW}[expects]
    for text in (OFF_TOPIC, SALADS[expects], question.text, "team", f"{SALADS[expects]}. " * 8):
        level = scored(question, text).structure.level
        assert level is not None
        assert level <= 2, text
    assert scored(question, "").structure.level is None
    assert scored(question, "team").structure.level == 1


def test_steps_towards_something_else_are_no_approach() -> None:
    recipe = (
        "First I chop the onions very finely. Then I fry them in butter until they are soft, because raw ones bite. "
        "After that I put in the rice and keep stirring. Last year I did it for twenty people."
    )
    level = scored(HOW, recipe).structure.level
    assert level is not None
    assert level <= 2
    assert scored(PITCH, FULL_STORY).structure.level in (1, 2, 3)


def test_explanations_and_questions_of_ones_own_have_no_rubric() -> None:
    for expects in ("explanation", "ask"):
        question = Question(text="Why?", kind="technical", expects=expects)
        assert scored(question, STEPS).structure.reason == "not a story question"

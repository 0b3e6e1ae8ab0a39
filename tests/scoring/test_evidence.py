from pathlib import Path

from msgspec import structs

from mockint.banks.load import load_banks
from mockint.model import Question, typed_transcript
from mockint.scoring import score
from mockint.scoring.evidence import of_points, rarity
from mockint.scoring.matching import Answer
from mockint.scoring.sentences import split
from mockint.scoring.synonyms import ideas
from mockint.scoring.text import tokenise_text
from tests.scoring.samples import INDEX


def answer(text: str) -> Answer:
    tokens = tokenise_text(text)
    return Answer(tokens, split(tokens))


def test_rare_words_tell_more() -> None:
    the, table, unheard = ideas("the"), ideas("table"), ideas("cardinality")
    assert rarity(the[0]) < rarity(table[0]) < rarity(unheard[0]) == 1


def test_words_of_different_aliases_add_up_within_a_sentence() -> None:
    near = of_points(INDEX, answer("It works. It does not scan, so the lookups take a few steps."))[0]
    apart = of_points(INDEX, answer("It does not scan. The lookups take a few steps."))[0]
    assert near is not None
    assert apart is not None
    assert near.found > apart.found
    assert (near.first, near.last) == (5, 8)


def test_a_sentence_on_one_point_does_not_touch_the_others() -> None:
    banks = load_banks([Path(__file__).parents[2] / "question_banks"])
    questions = [q for bank in banks for q in bank.questions if q.kind == "technical" and q.key_points]
    own: list[str] = []
    others: list[str] = []
    for question in questions:
        for point in question.key_points:
            said = f"Well, the way I see it is that {point.text}, and people soon notice it in a running service."
            for result in score(question, typed_transcript(said)).coverage.points:
                (own if result.point == point.text else others).append(result.status)
    assert own.count("explained") > 0.9 * len(own)
    assert others.count("missing") > 0.9 * len(others)


def test_a_sentence_that_runs_through_the_points_says_less_of_each() -> None:
    through = of_points(INDEX, answer("It makes faster lookups, slower writes and takes disk space."))[1]
    told = of_points(INDEX, answer("Writes get slower, since an insert keeps the second structure sorted."))[1]
    assert through is not None
    assert told is not None
    assert told.own_words > through.own_words


def test_a_paraphrase_told_at_length_is_worth_more_than_a_run_through() -> None:
    question: Question = structs.replace(INDEX, key_points=INDEX.key_points[:3])
    told = (
        "Think of the register at the end of a thick book. Somebody who looks for one name does not scan the whole "
        "table of contents, the lookups take a few hops. But each insert must go into the register as well, so "
        "filling the shelf gets slower from year to year. And it lies on the disk next to the rows, where it "
        "eats space that other things could use."
    )
    run_through = "It gives faster lookups but slower writes and it takes disk space."
    shares = [score(question, typed_transcript(text)).coverage.share or 0 for text in (told, run_through)]
    assert shares[0] > shares[1] > 0.3

from mockint.model import Transcript, Word
from mockint.scoring.sentences import split
from mockint.scoring.text import quote, tokenise, tokenise_text


def sentences(text: str) -> list[str]:
    tokens = tokenise_text(text)
    return [quote(tokens, first, last) for first, last in split(tokens)]


def words(*timed: tuple[str, float, float]) -> Transcript:
    return Transcript(
        engine="test",
        duration_s=60.0,
        words=tuple(Word(text=text, start=start, end=end, confidence=0.9) for text, start, end in timed),
    )


def test_typed_text_splits_at_punctuation_but_not_at_abbreviations() -> None:
    assert sentences("It broke. Why? Caches, e.g. Redis, were cold! So what") == [
        "It broke.",
        "Why?",
        "Caches, e.g. Redis, were cold!",
        "So what",
    ]


def test_typed_lists_split_at_their_items() -> None:
    assert sentences("What I did:\n- wrote a test\n- fixed it\n\nIt held") == [
        "What I did:",
        "- wrote a test",
        "- fixed it",
        "It held",
    ]


def test_speech_without_punctuation_splits_at_pauses() -> None:
    spoken = words(
        ("we", 0, 0.3), ("lost", 0.3, 0.6), ("it", 0.6, 0.9), ("i", 1.3, 1.5), ("found", 1.5, 1.8), ("it", 1.8, 2)
    )
    assert split(tokenise(spoken)) == ((0, 2), (3, 5))


def test_a_fragment_joins_the_neighbour_it_is_closer_to() -> None:
    spoken = words(
        ("we", 0, 0.3),
        ("lost", 0.3, 0.6),
        ("it", 0.6, 0.9),
        ("so", 1.9, 2.1),
        ("i", 2.5, 2.7),
        ("saw", 2.7, 3),
        ("it", 3, 3.2),
    )
    assert split(tokenise(spoken)) == ((0, 2), (3, 6))


def test_speech_with_punctuation_splits_there_and_not_at_pauses() -> None:
    spoken = words(
        ("We", 0, 0.3), ("lost", 1.3, 1.6), ("it.", 1.6, 1.9), ("Then", 1.95, 2.2), ("I", 2.2, 2.4), ("left.", 2.4, 3)
    )
    assert split(tokenise(spoken)) == ((0, 2), (3, 5))


def test_nothing_has_no_sentences() -> None:
    assert split(()) == ()


RUN_ON = (
    "so last year a customer told us that they wanted to start before christmas and i had about four weeks "
    "the first thing i did was to talk to their operations manager and then i split the work into small pieces "
    "in the end we finished it and everybody was happy"
)


def test_speech_that_runs_on_is_cut_into_clauses_before_their_openers() -> None:
    tokens = tokenise(words(*[(word, 0.3 * i, 0.3 * i + 0.3) for i, word in enumerate(RUN_ON.split())]))
    clauses = [quote(tokens, first, last) for first, last in split(tokens)]
    assert " ".join(clauses) == RUN_ON
    assert [clause.split()[:3] for clause in clauses] == [
        ["so", "last", "year"],
        ["and", "i", "had"],
        ["the", "first", "thing"],
        ["and", "then", "i"],
        ["in", "the", "end"],
    ]


def test_speech_without_any_opener_stays_whole() -> None:
    said = [f"word{n}" for n in range(80)]
    tokens = tokenise(words(*[(word, 0.3 * i, 0.3 * i + 0.3) for i, word in enumerate(said)]))
    assert split(tokens) == ((0, 79),)


def breathing(text: str, gap_s: float) -> list[str]:
    """The clauses of words spoken with `gap_s` of silence at each comma."""
    at, timed = 0.0, []
    for word in text.split():
        timed.append((word.rstrip(","), at, at + 0.3))
        at += 0.3 + gap_s * word.endswith(",")
    tokens = tokenise(words(*timed))
    return [quote(tokens, first, last) for first, last in split(tokens)]


def test_speech_that_runs_on_is_cut_where_the_voice_stops_shortly() -> None:
    parts = (
        "the disk of the database filled up every week",
        "nobody ever asked about the cause",
        "old pictures of every kind stayed there for good",
    )
    said = ", ".join(parts)
    assert breathing(said, 0.1) == [parts[0], " ".join(parts[1:])]
    assert breathing(said, 0.02) == [" ".join(parts)]
    assert len(breathing(", ".join(parts[:2]), 0.1)) == 1, "a breath in a sentence"

"""Text is said as people in the trade say it, and ordinary prose is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.banks.load import usual_banks
from mockint.scoring.rules import common_words
from mockint.speech.pronounce import aloud
from mockint.terms import lexicon

PLAIN = re.compile(r"[\w\s.,;:?!'\"()-]*")
EXAMPLES = {
    "Is SQL a language?": "Is S.Q.L a language?",
    "What does the GIL lock?": "What does the G.I.L lock?",
    "nginx. Nginx and NGINX": "engine X. Engine X and engine X",
    "O(n log n), O(1), O(V + E)": "O of N log N, O of 1, O of V plus E",
    "from O(n²) or O(n^2) to O(2^n)": "from O of N squared or O of N squared to O of 2 to the N",
    "`__init__` and object.__eq__": "dunder in it and object dot dunder E.Q",
    "JWT, JWTs and the API's fault": "J.W.T, J.W.T's and the A.P.I's fault",
    "k8s, kubectl and PostgreSQL": "kay eights, cube control and post gress Q.L",
    "C++, C#, F#, .NET, ASP.NET": "C plus plus, C sharp, F sharp, dot net, A.S.P dot net",
    "CI/CD for Node.js": "C.I.C.D for node J.S",
    "OAuth 2.0 and GraphQL": "O auth 2 point 0 and graph Q.L",
    "on call 24/7": "on call 24 7",
    "p95 is 250 ms, p99.9 1 s": "P 95 is 250 milliseconds, P 99 point 9 1 second",
    "an HTTP 404, a 503 and a 429": "an H.T.T.P four oh four, a five oh three and a four 29",
    "404 requests, 200 OK": "404 requests, 200 okay",
    "Python 3.11, v2.1.3, TLS 1.3": "Python 3 point 11, version 2 point 1 point 3, T.L.S 1 point 3",
    "0.05 seconds of 1,200,000": "0 point 0 5 seconds of 1200000",
    "127.0.0.1": "127 dot 0 dot 0 dot 1",
    "call `dict.get()` in lru_cache": "call dict dot get in L.R.U cache",
    "*args, **kwargs, _private": "star args, star star keyword args, underscore private",
    "a camelCase StopIteration": "a camel Case Stop Iteration",
    "f(x) with select_related": "F of X with select related",
    "GET /api/v1/users/{id}": "get slash A.P.I slash V 1 slash users slash id",
    "src/main.py and ~/.ssh": "source main dot py and tilde slash dot S.S.H",
    "queue -> worker → store": "queue to worker to store",
    "a == b, a != b, n <= 3": "a double equals b, a not equals b, n at most 3",
    "it is \"==\" or 'is'": "it is \"double equals\" or 'is'",
    "99.95% of ≥3, <10 ms, ~5": "99 point 9 5 percent of at least 3, less than 10 milliseconds, about 5",
    "10k users, $5M, 10x, 3–5 days": "10 thousand users, 5 million dollars, 10 times, 3 to 5 days",
    "10 GB/s, 500 req/s, 1 MB": "10 gigabytes per second, 500 requests per second, 1 megabyte",
    "e.g. a cache, i.e. memory, etc. vs. disk": "for example a cache, that is memory, et cetera versus disk",
    "N+1, I/O, A/B, Q&A, and/or": "N plus 1, I.O, A.B, Q and A, and or",
    "the 1990s, the 90s, 1st, 10:30": "the 1990s, the 90s, 1st, 10:30",
    "item(s), **bold** and *it*": "items, bold and it",
    "hard — really – “so”": 'hard, really, "so"',
    "an A P I as banks spell it": "an A.P.I as banks spell it",
    "[[rate 900]] <b> (open": "rate 900 B open",
}


@pytest.mark.parametrize("written", EXAMPLES, ids=str)
def test_what_is_written_is_said_in_plain_words(written: str) -> None:
    said = aloud(written)
    assert said == EXAMPLES[written]
    assert aloud(said) == said


def shipped() -> list[str]:
    banks, _ = usual_banks()
    texts = []
    for bank in banks:
        for question in bank.questions:
            points = (point.text for point in question.key_points)
            texts += [question.text, question.spoken, question.model_answer, *points]
    return [text for text in texts if text]


def test_shipped_texts_are_said_in_plain_words_and_prose_in_its_own() -> None:
    texts = shipped()
    assert len(texts) > 1500
    same = 0
    for text in texts:
        said = aloud(text)
        assert PLAIN.fullmatch(said), said
        assert aloud(said) == said
        prose = re.fullmatch(r"[A-Z]?[a-z ,.?-]+", text) is not None
        same += said == " ".join(text.split())
        left = set(said.casefold().split())
        everyday = [word for word in text.split() if word in common_words() and word != "async"]
        assert not prose or left.issuperset(word for word in everyday if aloud(word) == word)
    assert same > 0.8 * len(texts)


def test_no_everyday_word_in_small_letters_is_said_otherwise() -> None:
    changed = {word for word in common_words() if len(word) > 1 and aloud(word) != word}
    names = {name.casefold() for name in (*lexicon().said, *lexicon().aloud)}
    assert changed <= names | {f"{name}s" for name in names} | {"etc", "vs"}
    assert len(changed) < 60


def test_every_term_becomes_words_letters_and_numbers() -> None:
    for term in lexicon().terms:
        for written in (term.name, *term.aliases, *term.exact, *term.near):
            said = aloud(f"We used {written} there.")
            words = said.removeprefix("We used ").removesuffix(" there.").replace("-", " ").split()
            assert words, written
            for word in words:
                assert re.fullmatch(r"\d+|[A-Z](\.[A-Z])*('s)?|[A-Z]?[a-zé]+('s)?|(?:Mc|Mac)[A-Z][a-z]+", word), said


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9), min_size=1, max_size=12)


@given(WORDS)
def test_no_word_is_lost(words: list[str]) -> None:
    assert aloud(" ".join(words)).split() == [piece for word in words for piece in aloud(word).split()]


@given(WORDS, st.sampled_from(["_", "-", "/", ".", " -> "]))
def test_no_part_of_a_name_is_lost(words: list[str], joint: str) -> None:
    letters = re.sub("[^a-z]", "", aloud(joint.join(words)).casefold())
    for word in words:
        alone = re.sub("[^a-z]", "", aloud(word).casefold())
        assert alone in letters or aloud(word) != word


@given(st.text(max_size=300))
def test_anything_is_said_in_bounds_without_commands(text: str) -> None:
    said = aloud(text)
    assert not set(said) & set("[]{}<>`\n")
    assert len(said) <= 24 * len(text) + 24
    assert not re.search(r"[^\W_]", text) or said

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from msgspec import structs

from mockint.report.html import Sound, page
from tests.report import held

SOUNDS = {("01", 2): Sound(mime="audio/mpeg", data=b"ID3 not really sound")}


class Read(HTMLParser):
    """Every element with its attributes, and all text that is neither style nor script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag in ("style", "script") else self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside
        if tag in ("td", "th", "li", "p"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


PAGE = Read(page(held.session(), SOUNDS))


def test_it_says_what_was_asked_answered_and_found() -> None:
    for words in (
        "Backend Developer",
        "Acme Secret",
        "1 May 2026, 10:00",
        "2 of 3 answered",
        "Why would Acme Secret put a queue between services?",
        "Slept badly.",
        "missing dead letters",
        "Some points are explained",
        "For 4 of 5: most points are explained",
        "Transcript quality: poor. The recogniser was unsure.",
        "Not measured: not a story question",
        "silence of 2.1 s",
        "Skipped.",
        "result likely",
        "Asked then: What happened to Anna?",
        "card-1.json is damaged",
    ):
        assert words in PAGE.text, words


def test_takes_are_compared_with_what_changed() -> None:
    assert "Measure Take 1 Take 2 (counts)" in PAGE.text
    assert "Coverage 2 3 (+1)" in PAGE.text and "Delivery 3 2 (−1)" in PAGE.text
    assert "Words a minute 120 130 (+10)" in PAGE.text


def test_the_areas_of_the_job_are_counted() -> None:
    assert "Messaging 70% 1 1 – –" in PAGE.text and "Testing 30% – – – –" in PAGE.text


def test_nothing_is_loaded_from_anywhere() -> None:
    addresses = PAGE.values("src") + PAGE.values("href") + PAGE.values("xlink:href")
    assert addresses and all(address.startswith(("#", "data:audio/")) for address in addresses)
    (policy,) = [m["content"] for m in PAGE.of("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy and "default-src 'none'" in policy and "script-src 'sha256-" in policy
    assert not [name for _, attrs in PAGE.elements for name in attrs if name.startswith("on")]


def test_names_in_the_page_are_unique_and_links_lead_somewhere() -> None:
    ids = Counter(PAGE.values("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = [address[1:] for address in PAGE.values("href") + PAGE.values("xlink:href")]
    assert [target for target in targets if target not in ids] == []
    assert set(PAGE.values("aria-labelledby")) <= set(ids)


def test_it_can_be_used_without_eyes() -> None:
    assert PAGE.elements[0] == ("html", {"lang": "en"})
    assert ("a", {"class": "skip", "href": "#content"}) in PAGE.elements
    assert all(audio.get("aria-label") for audio in PAGE.of("audio"))
    charts = [attrs for _, attrs in PAGE.elements if attrs.get("role") == "img"]
    assert len(charts) == 2 and all("long" in (chart["aria-label"] or "") for chart in charts)
    assert all(svg.get("aria-hidden") == "true" for svg in PAGE.of("svg"))
    levels = [int(tag[1]) for tag, _ in PAGE.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_words_can_be_played_where_there_is_a_recording() -> None:
    assert len(PAGE.of("audio")) == 1
    assert len(PAGE.values("data-s")) == len(held.SAID.split())
    assert any(b.get("class") == "play" for b in PAGE.of("button"))
    silent = Read(page(held.session(), {}))
    assert not silent.of("audio") and not silent.of("button") and not silent.values("data-s")
    assert held.SAID.split(". ")[1] in silent.text


def test_roles_and_points_are_told_without_colour() -> None:
    assert "situation A queue keeps messages" in PAGE.text
    assert "A queue keeps messages1 until a worker2" in PAGE.text
    assert "⋯ 2.1 s" in PAGE.text


@pytest.mark.parametrize("nasty", held.HOSTILE)
def test_hostile_text_stays_text(nasty: str) -> None:
    plain, read = PAGE, Read(page(held.session(nasty), SOUNDS))
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in plain.elements]
    assert read.text.count(" ".join(nasty.split())) > 20
    assert not [name for _, attrs in read.elements for name in attrs if name.startswith("on")]
    assert not [a for a in read.values("href") + read.values("src") if not a.startswith(("#", "data:audio/"))]


def test_the_same_session_gives_the_same_page() -> None:
    assert page(held.session(), SOUNDS) == page(held.session(), SOUNDS)


def test_landmarks_have_names_of_their_own() -> None:
    names = [
        attrs.get("aria-label") or ""
        for tag, attrs in PAGE.elements
        if tag == "section" or attrs.get("role") == "region"
        if "aria-label" in attrs
    ]
    assert len(names) > 8 and len(set(names)) == len(names)


def test_a_session_in_which_nothing_was_asked_is_a_page_too() -> None:
    empty = structs.replace(held.session(), attempts=())
    assert "0 of 0 answered" in Read(page(empty, {})).text


def test_a_recording_that_was_never_scored_can_be_heard() -> None:
    record = held.session()
    first, *_ = record.attempts
    take = structs.replace(first.takes[1], transcript=None, card=None)
    attempt = structs.replace(first, attempt=structs.replace(first.attempt, counts=None), takes=(take,))
    read = Read(page(structs.replace(record, attempts=(attempt,)), SOUNDS))
    assert "Recorded, not scored yet." in read.text and len(read.of("audio")) == 1


def test_numbers_no_answer_has_are_borne() -> None:
    record = held.session()
    first, *_ = record.attempts
    take = first.takes[1]
    assert take.transcript and take.card
    words = tuple(structs.replace(word, start=1e300, end=-1e300) for word in take.transcript.words)
    weird = structs.replace(take, transcript=structs.replace(take.transcript, words=words, duration_s=1e300))
    attempt = structs.replace(first, takes=(weird,))
    assert len(Read(page(structs.replace(record, attempts=(attempt,)), SOUNDS)).values("data-s")) == len(words)

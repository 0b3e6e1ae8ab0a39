"""The page in a real browser (Chromium, headless), opened from disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, sync_playwright

from mockint.audio import compress
from mockint.records import SessionRecord
from mockint.report.html import Sound, page
from tests.report import held

RATE = 16_000
LIT = "[...document.querySelectorAll('[data-take=a1t2] .w')].findIndex((word) => word.matches('.now'))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        pytest.skip("no Chromium here: scripts/setup.sh test installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """Twelve seconds of a tone, compressed as recordings are."""
    file = tmp_path_factory.mktemp("sound") / "answer.wav"
    times = np.arange(int(held.LENGTH_S * RATE)) / RATE
    soundfile.write(file, (0.3 * np.sin(2 * np.pi * 220 * times)).astype(np.float32), RATE)
    return Sound(mime=compress.MIME, data=compress.mp3([compress.Piece(file)], 2**20))


class Opened:
    """A page opened from disk, with everything it asked for and complained about."""

    def __init__(self, browser: Browser, file: Path, **look: object) -> None:
        self._context = browser.new_context(**look)  # type: ignore[arg-type]
        self.page: Page = self._context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())

    def close(self) -> None:
        self._context.close()


@pytest.fixture
def opened(browser: Browser, sound: Sound, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, written(tmp_path, "", sound))
    yield opened
    opened.close()


def written(
    folder: Path, nasty: str, sound: Sound, change: Callable[[SessionRecord], SessionRecord] = lambda record: record
) -> Path:
    file = folder / "report.html"
    file.write_text(page(change(held.session(nasty)), {("01", 1): sound, ("01", 2): sound}), "utf-8")
    return file


def is_playing(page: Page, take: str, after: float) -> None:
    page.wait_for_function(
        "([take, after]) => { const a = document.querySelector(`[data-take=${take}] audio`);"
        " return !a.paused && a.currentTime > after; }",
        arg=[take, after],
        timeout=10_000,
    )


def test_a_word_plays_from_there_and_the_playing_word_is_lit(opened: Opened) -> None:
    word = opened.page.locator("[data-take=a1t2] .w").nth(10)
    start = float(word.get_attribute("data-s") or 0)
    word.click()
    is_playing(opened.page, "a1t2", start)
    opened.page.wait_for_function("() => document.querySelectorAll('.w.now').length === 1")
    first = opened.page.evaluate(LIT)
    assert first in (10, 11)
    opened.page.wait_for_function(f"() => {LIT} > {first}")
    assert opened.page.locator("[data-take=a1t2] .playhead").is_visible()
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []


def test_a_finding_plays_its_moment_and_stops_at_its_end(opened: Opened) -> None:
    button = opened.page.locator("[data-take=a1t2] .points .play").first
    end = float(button.get_attribute("data-to") or 0)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    is_playing(opened.page, "a1t2", 0.4)
    opened.page.wait_for_function("() => document.querySelector('[data-take=a1t2] audio').paused", timeout=15_000)
    at = opened.page.evaluate("document.querySelector('[data-take=a1t2] audio').currentTime")
    assert end <= at < end + 0.5
    assert button.get_attribute("aria-pressed") == "false"


def test_words_are_walked_with_the_keys_and_enter_plays(opened: Opened) -> None:
    opened.page.locator("[data-take=a1t2] .w[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown"):
        opened.page.keyboard.press(key)
    focused = opened.page.evaluate("[document.activeElement.textContent, document.activeElement.getAttribute('role')]")
    assert focused == ["So", "button"]
    assert opened.page.locator("[data-take=a1t2] .w[tabindex='0']").count() == 1
    opened.page.keyboard.press("Enter")
    is_playing(opened.page, "a1t2", 4.0)
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_function("() => document.querySelector('[data-take=a1t2] audio').paused")


def test_one_recording_plays_at_a_time(opened: Opened) -> None:
    opened.page.locator("[data-take=a1t2] .w").nth(3).click()
    is_playing(opened.page, "a1t2", 1.0)
    opened.page.locator("summary", has_text=re.compile("^Take 1")).click()
    opened.page.locator("[data-take=a1t1] .w").nth(3).click()
    is_playing(opened.page, "a1t1", 1.0)
    assert opened.page.evaluate("document.querySelector('[data-take=a1t2] audio').paused")


def test_the_timeline_plays_where_it_is_clicked(opened: Opened) -> None:
    chart = opened.page.locator("[data-take=a1t2] .chart")
    box = chart.bounding_box()
    assert box
    chart.click(position={"x": box["width"] * 0.75, "y": 20})
    is_playing(opened.page, "a1t2", 8.0)


def test_the_words_of_two_takes_are_told_apart_without_colour(browser: Browser, sound: Sound, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path, " ".join(held.HOSTILE), sound, held.reworded))
    summary = opened.page.locator(".reworded summary")
    assert summary.inner_text() == "Word for word: Take 1 and Take 2 (counts)"
    summary.click()
    only = opened.page.locator(".reworded .sides .only")
    said = [" ".join(text.split()) for text in only.all_inner_texts()]
    assert said == ["[only in this take: nothing at all. ]", f"[only in this take: {held.SAID_LATER} ]"]
    looks = only.first.evaluate(
        "node => [getComputedStyle(node).textDecorationLine, getComputedStyle(node).fontWeight]"
    )
    assert looks == ["underline", "600"]
    assert opened.page.evaluate("window.hacked") is None
    assert opened.complaints == [] and all(url.startswith(("file:", "data:")) for url in opened.requests)
    opened.close()


def test_hostile_text_does_nothing(browser: Browser, sound: Sound, tmp_path: Path) -> None:
    opened = Opened(browser, written(tmp_path, " ".join(held.HOSTILE), sound))
    opened.page.locator("[data-take=a1t2] .w").nth(2).click()
    is_playing(opened.page, "a1t2", 1.0)
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator("img, a[href^=javascript]").count() == 0
    assert opened.complaints == [] and all(url.startswith(("file:", "data:")) for url in opened.requests)
    opened.close()


def test_the_page_may_reach_for_nothing(opened: Opened) -> None:
    reached = opened.page.evaluate(
        "fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')"
        ".then(r => { const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i);"
        " return new Promise(done => { i.onerror = () => done(r); i.onload = () => done('loaded'); }); })"
    )
    assert reached == "refused"
    assert all("Content Security Policy" in line for line in opened.complaints) and opened.complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_is_legible_in_light_and_dark(
    browser: Browser, sound: Sound, tmp_path: Path, scheme: str
) -> None:
    opened = Opened(browser, written(tmp_path, "", sound), viewport={"width": 360, "height": 740}, color_scheme=scheme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    contrasts = opened.page.evaluate(CONTRASTS)
    assert len(contrasts) > 100
    assert [pair for pair in contrasts if pair[0] < 4.5] == []
    opened.close()


CONTRASTS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((v, i) => i < 3 ? (v / 255 <= 0.04045 ? v / 255 / 12.92
      : ((v / 255 + 0.055) / 1.055) ** 2.4) : v);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || node.closest("svg, script, .sr") || !node.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
    found.push([Math.round(100 * (a + 0.05) / (b + 0.05)) / 100, node.className, node.textContent.slice(0, 30)]);
  }
  return found;
}"""


def test_paper_shows_what_is_folded_away_and_no_controls(opened: Opened) -> None:
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("[data-take=a1t1] .words").is_visible()
    assert not opened.page.locator("[data-take=a1t2] audio").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("details[open]").count() == 0

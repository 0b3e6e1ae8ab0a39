from __future__ import annotations

import os
from pathlib import Path

import pytest

from mockint import config
from mockint.errors import SettingsError


def test_without_a_file_there_are_defaults(home: Path) -> None:
    assert config.load() == config.Settings()


def test_a_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[speech]\nrate = 120\n[interview]\nminutes = 30\n")
    settings = config.load(
        file, {"MOCKINT_SPEECH_RATE": "200", "MOCKINT_SPEECH_ENABLED": "false", "MOCKINT_HOME": "/x"}
    )
    assert (settings.speech.rate, settings.speech.enabled, settings.interview.minutes) == (200, False, 30)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[speech]\nrat = 1\n", 'speech.rat is no setting. Did you mean "rate"?'),
        ("[speach]\n", 'Did you mean "speech"?'),
        ("speech = 1\n", "speech must be a table"),
        ("[speech]\nrate = 'fast'\n", "speech.rate"),
        ("[speech]\nrate = 9\n", ">= 80"),
        ("[speech\n", "Cannot read"),
        ("[speech]\nrate = 'fast'\n", "speech.rate: expected int, found 'fast'"),
        ("[speech]\nrate = nan\n", "speech.rate: expected int"),
        ("[speech]\nenabled = 1\n", "speech.enabled: expected bool, found '1'"),
        ("[speech]\nvoice = [[1]]\n", "speech.voice: expected str"),
        ("[interview]\nminutes = 1979-05-27\n", "interview.minutes: expected int"),
        (
            "[interview]\nkind = 'techincal'\n",
            'interview.kind: "techincal" is not one of mixed, technical, behavioural. Did you mean "technical"?',
        ),
        ("[interview]\nkind = 5\n", 'interview.kind: "5" is not one of mixed, technical, behavioural.'),
        ("a = " + "[" * 50_000, "nested too deep"),
        ("a = 1\na = 2\n", "Cannot read"),
        ("a = '\0'\n", "Cannot read"),
        ("# " + "x" * 200_000, "larger than 100 kB"),
        ("\n\n\xff", "line 3: this is not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"settings\.toml") as raised:
        config.load(file, {})
    assert says in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to itself", "link to a device"])
def test_something_else_in_the_files_place_makes_nobody_wait(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "settings.toml"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "link to itself":
            file.symlink_to(file)
        case _:
            file.symlink_to("/dev/zero")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        config.load(file, {})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MOCKINT_SPEECH_RATE", "fast", "MOCKINT_SPEECH_RATE (environment): speech.rate: expected int, found 'fast'."),
        ("MOCKINT_SPEECH_ENABLED", "maybe", "speech.enabled: expected bool, found 'maybe'"),
        ("MOCKINT_INTERVIEW_KIND", "tecnical", 'Did you mean "technical"?'),
        ("MOCKINT_INTERVIEW_MINUTES", "9" * 400, "interview.minutes: "),
        ("MOCKINT_INTERVIEW_MINUTES", "", "interview.minutes: expected int, found ''"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as raised:
        config.load(Path("none"), {name: value})
    assert name in raised.value.message and says in raised.value.message
    assert raised.value.hint


def test_an_unknown_variable_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="MOCKINT_SPEECH_RATE"):
        config.load(Path("none"), {"MOCKINT_SPEECH_RATES": "1"})


def test_every_setting_has_a_sentence() -> None:
    schema = config.describe()
    assert all(text.endswith(".") for text in schema.values())
    assert set(schema) == {f"{s}.{k}" for s, keys in config.sections().items() for k in keys}


def test_a_changed_setting_is_kept_beside_what_was_written_by_hand(home: Path) -> None:
    home.mkdir()
    file = home / "settings.toml"
    file.write_text("# mine\n[speech]\nrate = 170  # a little faster\n", "utf-8")
    changed = config.change({"interview.minutes": 30, "interview.areas": ("python", "testing"), "speech.voice": "en"})
    assert changed.interview.minutes == 30 and changed.interview.areas == ("python", "testing")
    assert config.load() == changed
    text = file.read_text("utf-8")
    assert text.startswith("# mine\n[speech]\nrate = 170  # a little faster\n") and 'voice = "en"' in text
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_default_holds_again_when_a_line_is_taken_out(home: Path) -> None:
    config.change({"speech.rate": 170, "interview.minutes": 30})
    assert config.change({"speech.rate": None, "audio.input": None}).speech.rate == 160
    assert (home / "settings.toml").read_text("utf-8") == "[speech]\n\n[interview]\nminutes = 30\n"


@pytest.mark.parametrize(
    ("place", "text", "value"),
    [("speech.rate", "170", 170), ("speech.enabled", "false", False), ("interview.areas", "a, b,", ("a", "b"))],
)
def test_a_value_is_read_as_it_is_typed_and_as_the_environment_has_it(place: str, text: str, value: object) -> None:
    assert config.parse(place, text) == value
    section, _, name = place.partition(".")
    assert getattr(getattr(config.load(Path("none"), {config.variable(place): text}), section), name) == value


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"keys.home-start": 5}, "keys.home-start: 5 is no key"),
        ({"interview.minutes": 1}, "interview.minutes"),
        ({"interview.minuts": 20}, "Did you mean"),
        ({"x.y": 1}, "no section"),
    ],
)
def test_a_wrong_change_writes_nothing(home: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        config.change(change)
    assert not (home / "settings.toml").exists()

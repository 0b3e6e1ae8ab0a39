from __future__ import annotations

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
        ("\xff", "settings.toml"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"settings\.toml") as raised:
        config.load(file, {})
    assert says in raised.value.message
    assert raised.value.hint


def test_an_unknown_variable_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="MOCKINT_SPEECH_RATE"):
        config.load(Path("none"), {"MOCKINT_SPEECH_RATES": "1"})


def test_every_setting_has_a_sentence() -> None:
    schema = config.describe()
    assert all(text.endswith(".") for text in schema.values())
    assert set(schema) == {f"{s}.{k}" for s, keys in config.sections().items() for k in keys}

"""Typed settings: `settings.toml` in mockint's home, each overridden by `MOCKINT_<SECTION>_<NAME>`.

Every setting has a default and a sentence of description; unknown names and wrong values raise SettingsError naming
the file, the key and the nearest valid one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from mockint import paths
from mockint.errors import SettingsError, nearest

ENV_PREFIX = "MOCKINT_"
_MAX_BYTES = 100_000
_NOT_SETTINGS = {"MOCKINT_HOME"}


class SpeechSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How questions are spoken."""

    enabled: Annotated[bool, Meta(description="Speak questions aloud.")] = True
    voice: Annotated[
        str,
        Meta(description="Voice name as the system lists it, or piper:NAME (see Models); empty: a plain English one."),
    ] = ""
    rate: Annotated[int, Meta(ge=80, le=400, description="Speaking rate in words per minute.")] = 160


class AudioSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which devices are used."""

    input: Annotated[str, Meta(description="Microphone: part of its name, or its number; empty: the default.")] = ""
    output: Annotated[str, Meta(description="Speaker: part of its name, or its number; empty: the default.")] = ""


class TranscribeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which recogniser writes the words."""

    engine: Annotated[
        str, Meta(description="auto, sphinx (embedded), whisper, faster-whisper, or the name of an installed engine.")
    ] = "auto"
    model: Annotated[
        str,
        Meta(
            description="Weights for whisper or faster-whisper: a name such as base.en, or a path to a .pt file or a"
            " CTranslate2 folder; empty: the best that is there."
        ),
    ] = ""


class WeightsSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where recogniser weights are fetched from, when you ask for them."""

    mirror: Annotated[
        str,
        Meta(
            pattern="^(https?://[^/]+.*)?$",
            description="Address of a server that has them too, e.g. https://mirror.example; empty: their publishers.",
        ),
    ] = ""


class InterviewSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How an interview runs."""

    minutes: Annotated[int, Meta(ge=3, le=180, description="Length of an interview.")] = 20
    questions: Annotated[int, Meta(ge=0, le=50, description="Number of questions; 0: as many as fit the length.")] = 0
    think_seconds: Annotated[
        int, Meta(ge=0, le=300, description="Time to think before recording starts; 0: until you press a key.")
    ] = 0
    follow_ups: Annotated[
        int, Meta(ge=0, le=2, description="Follow-up questions after an answer, about what was missing in it, at most.")
    ] = 2
    headphones: Annotated[
        bool, Meta(description="You wear headphones: the microphone may listen for commands while mockint speaks.")
    ] = False
    show_stories: Annotated[
        bool,
        Meta(description="Say before a behavioural question which of your stories fits; false: stricter."),
    ] = True
    kind: Annotated[
        Literal["mixed", "technical", "behavioural"], Meta(description="Which kinds of question are asked.")
    ] = "mixed"
    difficulty: Annotated[
        Literal["any", "easy", "medium", "hard"], Meta(description="How hard the technical questions are.")
    ] = "any"
    job: Annotated[
        str, Meta(max_length=4096, description="Path of the job description used; empty: the shipped sample.")
    ] = ""
    areas: Annotated[
        tuple[str, ...], Meta(description="Focus areas to ask about, by id; empty: those of the job, by weight.")
    ] = ()
    strict: Annotated[
        bool,
        Meta(description="As in a real interview: no repeats, no hints, 30 s to think, no card before the end."),
    ] = False
    ears_only: Annotated[bool, Meta(description="Questions are heard and not shown until you ask to see them.")] = False
    show_pace: Annotated[bool, Meta(description="Show how fast you speak while you speak.")] = True
    silence_asks: Annotated[
        int,
        Meta(
            ge=0,
            le=120,
            description="Seconds of silence in an answer after which mockint asks; 0: never.",
        ),
    ] = 12


class HandsFreeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a hands-free session (`mockint travel`) runs."""

    ready_seconds: Annotated[
        int,
        Meta(
            ge=0,
            le=120,
            description="Seconds for a command after a question before recording starts; 0: until you say I'm ready.",
        ),
    ] = 4
    go_on_seconds: Annotated[
        int,
        Meta(
            ge=0,
            le=120,
            description="Seconds for a command after the feedback before the next question; 0: until you say next.",
        ),
    ] = 6
    take_your_time_seconds: Annotated[
        int,
        Meta(ge=0, le=120, description="Seconds of silence in an answer before you hear: take your time; 0: never."),
    ] = 6
    move_on_seconds: Annotated[
        int,
        Meta(ge=0, le=600, description="Seconds of silence that end an answer, which is kept; 0: never."),
    ] = 20
    not_begun_seconds: Annotated[
        int,
        Meta(ge=0, le=600, description="Seconds before the first word of an answer until a reminder; 0: never."),
    ] = 60
    own_voice: Annotated[
        bool, Meta(description="The best moment is played from your recording; false: it is read out.")
    ] = True


class ScoringSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What counts in the delivery of an answer; the bands' sources are in `scoring/rules/delivery.yaml`."""

    delivery: Annotated[bool, Meta(description="Judge pace, silences and fillers; false: they are not measured.")] = (
        True
    )
    pace_slow: Annotated[int, Meta(ge=40, le=400, description="Words per minute below which an answer is slow.")] = 110
    pace_a_little_slow: Annotated[
        int, Meta(ge=40, le=400, description="Words per minute below which an answer is a little slow.")
    ] = 125
    pace_brisk: Annotated[int, Meta(ge=40, le=400, description="Words per minute from which it is brisk.")] = 190
    pace_fast: Annotated[int, Meta(ge=40, le=400, description="Words per minute from which it is fast.")] = 210
    long_silence: Annotated[
        float, Meta(ge=0.5, le=60, description="Seconds of silence in mid-answer that are worth a remark.")
    ] = 3.0


class DisplaySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How the app looks."""

    theme: Annotated[
        str,
        Meta(
            description="Colours: textual-dark, textual-light, high-contrast, colour-blind-safe, or another that the"
            " command palette offers."
        ),
    ] = "textual-dark"
    animations: Annotated[bool, Meta(description="Things may glide and fade; false: they change at once.")] = True
    first_steps: Annotated[
        bool, Meta(description="Show the first steps when nothing has been practised and no setting changed yet.")
    ] = True


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings."""

    speech: SpeechSettings = SpeechSettings()
    audio: AudioSettings = AudioSettings()
    transcribe: TranscribeSettings = TranscribeSettings()
    weights: WeightsSettings = WeightsSettings()
    interview: InterviewSettings = InterviewSettings()
    handsfree: HandsFreeSettings = HandsFreeSettings()
    scoring: ScoringSettings = ScoringSettings()
    display: DisplaySettings = DisplaySettings()
    keys: dict[str, str] = {}
    """Keys of the user's own choice, by the action's id (`home-start`); which there are is for the app to know."""


KEYS = "keys"
"""The one section whose names are not known here."""


def change(values: Mapping[str, Any], file: Path | None = None) -> Settings:
    """Write settings (`section.name` -> value) to the file, leaving its comments and other lines as they are.

    None in a value's place takes the line out: the default holds again.

    Returns the settings as they are read from now on; raises SettingsError where a name or value is wrong (nothing is
    written then), StoreError where the file cannot be written.
    """
    import tomlkit  # noqa: PLC0415 - only whoever changes a setting needs it

    file = file or paths.settings_file()
    _read(file)
    document = tomlkit.parse(file.read_text("utf-8-sig") if file.exists() else "")
    for place, value in values.items():
        section, _, key = place.partition(".")
        if value is None:
            document.get(section, {}).pop(key, None)
            continue
        table = document.setdefault(section, tomlkit.table())
        table[key] = list(value) if isinstance(value, tuple) else value
    raw = document.unwrap()
    _check_names(raw, file)
    _convert(raw, f"{file}: ", strict=True)
    paths.write_private(file, tomlkit.dumps(document).encode())
    return load(file)


def sections() -> dict[str, tuple[str, ...]]:
    """Section name -> names of its settings."""
    return {
        field.name: tuple(inner.name for inner in msgspec.structs.fields(field.default))
        for field in msgspec.structs.fields(Settings)
        if field.name != KEYS
    }


def parse(place: str, text: str) -> Any:
    """A setting's value (`section.name`) from text as people type it; raises SettingsError, saying what is wrong."""
    section, _, key = place.partition(".")
    read = _convert(_merge(Settings(), section, key, text), "", strict=False)
    return getattr(getattr(read, section), key)


def variable(place: str) -> str:
    """The environment variable that overrides a setting (`section.name`)."""
    return ENV_PREFIX + place.replace(".", "_").upper()


def load(file: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a missing file means defaults. Raises SettingsError."""
    file = file or paths.settings_file()
    env = os.environ if env is None else env
    raw = _read(file)
    _check_names(raw, file)
    settings = _convert(raw, f"{file}: ", strict=True)
    for name, value in env.items():
        if name.startswith(ENV_PREFIX) and name not in _NOT_SETTINGS:
            section, key = _env_key(name)
            settings = _convert(_merge(settings, section, key, value), f"{name} (environment): ", strict=False)
    return settings


_AFRESH = "Correct the line, or move the file away to start afresh."


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.exists() and not file.is_file():
            raise SettingsError(f"Cannot read {file}: it is not a file.", "Move it away.")
        with file.open("rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise SettingsError(f"{file} is larger than {_MAX_BYTES // 1000} kB.", _AFRESH)
    except FileNotFoundError:
        return {}
    except OSError as exc:
        raise SettingsError(f"Cannot read {file}: {exc.strerror or exc}.", "Correct its permissions.") from exc
    return _parsed(data, file)


def _parsed(data: bytes, file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most have no settings file, and the app is to be seen at once

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise SettingsError(f"{file}, line {line}: this is not UTF-8 text.", "Save it as UTF-8.") from exc
    except RecursionError as exc:
        raise SettingsError(f"Cannot read {file}: it is nested too deep.", _AFRESH) from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"Cannot read {file}: {exc}.", _AFRESH) from exc


def _merge(settings: Settings, section: str, key: str, value: str) -> dict[str, Any]:
    raw: dict[str, Any] = msgspec.to_builtins(settings)
    several = get_origin(get_args(kinds()[section, key])[0]) is tuple
    raw[section][key] = [part.strip() for part in value.split(",") if part.strip()] if several else value
    return raw


def _env_key(name: str) -> tuple[str, str]:
    known = {f"{ENV_PREFIX}{s}_{k}".upper(): (s, k) for s, keys in sections().items() for k in keys}
    if name not in known:
        raise SettingsError(f"{name} is no setting.{nearest(name, known)}", "Unset it, or see `mockint doctor`.")
    return known[name]


def _check_names(raw: dict[str, Any], file: Path) -> None:
    known = sections()
    for section, values in raw.items():
        if section not in known and section != KEYS:
            raise SettingsError(f"{file}: [{section}] is no section.{nearest(section, known)}", "Rename or remove it.")
        if not isinstance(values, dict):
            raise SettingsError(f"{file}: {section} must be a table.", f"Write [{section}] above its settings.")
        for key, value in values.items():
            if section == KEYS:
                if not isinstance(value, str):
                    raise SettingsError(f"{file}: keys.{key}: {value!r} is no key.", 'Write its name, such as "f7".')
            elif key not in known[section]:
                raise SettingsError(
                    f"{file}: {section}.{key} is no setting.{nearest(key, known[section])}", "Rename or remove it."
                )


def _convert(raw: dict[str, Any], where: str, *, strict: bool) -> Settings:
    """`where`: what the message begins with."""
    try:
        return msgspec.convert(raw, Settings, strict=strict)
    except msgspec.ValidationError as exc:
        reason, _, place = str(exc).partition(" - at `$.")
        section, _, key = place.rstrip("`").partition("[")[0].partition(".")
        value = raw.get(section, {}).get(key)
        raise SettingsError(
            f"{where}{section}.{key}: {_explain(reason, section, key, value)}", "Correct it or remove the line."
        ) from exc


def _explain(reason: str, section: str, key: str, value: Any) -> str:
    """What is wrong with a value, in words: which are valid, and which of them is near."""
    choices = [choice for kind in get_args(kinds()[section, key]) for choice in get_args(kind)]
    if choices:
        return f'"{str(value)[:80]}" is not one of {", ".join(choices)}.{nearest(str(value), choices)}'
    wanted = reason.partition(", got")[0].replace("`", "")
    return f"{wanted[0].lower()}{wanted[1:]}, found {str(value)[:80]!r}."


def kinds() -> dict[tuple[str, str], Any]:
    """Section and name -> the setting's type with its limits and description, as `typing.Annotated`."""
    return {
        (section, name): hint
        for section, kind in get_type_hints(Settings, include_extras=True).items()
        if section != KEYS
        for name, hint in get_type_hints(kind, include_extras=True).items()
    }


def describe() -> dict[str, str]:
    """`section.name` -> the sentence that explains the setting."""
    return {
        f"{section}.{name}": next(meta.description or "" for meta in hint.__metadata__)
        for (section, name), hint in kinds().items()
    }

"""What is wrong with a recording as sound, in words: so that an answer nobody can hear is not scored as silence."""

from __future__ import annotations

import math
import sys

from mockint.audio.port import SAMPLE_RATE, Recording, SourceEnded
from mockint.model import SoundProblem

SHORT_S = 1.5
"""Own choice: nobody answers a question in so little; the key was pressed twice, or too early."""
CLIPPED_SHARE = 0.002
"""Share of the voice's samples that may be at full scale without a word (own choice: a single shout stays below)."""

_ALLOW = {
    "darwin": "Allow your terminal in System Settings > Privacy & Security > Microphone, then start it again.",
    "win32": "Switch on Settings > Privacy & security > Microphone, also for desktop apps, then try again.",
}
_ALLOW_ELSEWHERE = (
    "Unmute the microphone in the sound settings (or `pactl set-source-mute @DEFAULT_SOURCE@ 0`); in a Flatpak, Snap "
    "or container, allow the terminal to use it. Then try again."
)

_AFTER = {
    "damaged": "Only what comes before was heard; record or download it again.",
    "device-lost": "Answer again when the microphone is back.",
    "write-failed": "Free some space, then answer again.",
}
"""How a source ended -> what to do next."""


def how_to_allow(platform: str = sys.platform) -> str:
    """Where a system that withholds the microphone can be told not to."""
    return _ALLOW.get(platform, _ALLOW_ELSEWHERE)


def problems(recording: Recording, ended: SourceEnded | None = None) -> tuple[SoundProblem, ...]:
    """What is wrong with a recording, worst first; `ended` says how its source ended by itself, if it did."""
    found = [_nothing_to_hear(recording) or _short(recording), _cut_off(recording, ended), *_damage(recording)]
    return tuple(problem for problem in found if problem is not None)


def _nothing_to_hear(recording: Recording) -> SoundProblem | None:
    if recording.duration_s == 0:
        return SoundProblem(kind="empty", message="the recording is empty", hint="Answer again.")
    if recording.peak == 0:
        return SoundProblem(
            kind="withheld",
            message="the recording holds nothing but exact zeros: the system is withholding the microphone",
            hint=how_to_allow(),
        )
    if not recording.speech:
        loudest = 20 * math.log10(recording.peak)
        return SoundProblem(
            kind="silent",
            message=f"no voice is in the recording (its loudest point is {loudest:.0f} dBFS)",
            hint="Come closer to the microphone or choose another one (`mockint doctor`), then answer again.",
        )
    return None


def _short(recording: Recording) -> SoundProblem | None:
    if recording.duration_s >= SHORT_S:
        return None
    return SoundProblem(
        kind="short",
        message=f"the recording is only {recording.duration_s:.1f} s long",
        hint="Answer again, and end it only when you have finished.",
    )


def _cut_off(recording: Recording, ended: SourceEnded | None) -> SoundProblem | None:
    if ended is None or ended.reason == "finished":
        return None
    message = f"the recording was cut off after {recording.duration_s:.0f} s ({ended.detail})"
    return SoundProblem(kind="cut-off", message=message, hint=_AFTER[ended.reason])


def _damage(recording: Recording) -> list[SoundProblem]:
    found: list[SoundProblem] = []
    if recording.overflows:
        places = "one place" if recording.overflows == 1 else f"{recording.overflows} places"
        found.append(
            SoundProblem(
                kind="gaps",
                message=f"sound was lost at {places}: the machine was too busy, or asleep",
                hint="Words may be missing there: close other programs and answer again.",
            )
        )
    voice_s = sum(end - start for start, end in recording.speech)
    if recording.clipped > CLIPPED_SHARE * voice_s * SAMPLE_RATE:
        found.append(
            SoundProblem(
                kind="clipped",
                message="the loudest parts of the recording are cut off: the microphone's level is too high",
                hint="Lower it or move back a little, then answer again.",
            )
        )
    return found

"""Where a programme is written, and in which form: looked at before anything is made."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from mockint.errors import AudioPackError, nearest
from mockint.model import Value

PLAYLIST = "playlist.m3u8"
_SPOOL_BYTES_PER_S = 48_000
"""What is put aside while a programme is made; the file itself is no larger."""
_OWN_FILE = re.compile(r"\d{2,3}(-[a-z0-9-]*)?\.(mp3|ogg)")


class Form(Value, frozen=True, kw_only=True):
    """A form of sound file."""

    encoder: tuple[str, ...] = ()
    """What ffmpeg is told; empty: it is not used."""
    comments: bool = False
    """Whether chapters are comments of the file (Vorbis' CHAPTER000), rather than something ffmpeg writes."""
    by_libsndfile: tuple[str, str] | None = None
    """Format and subtype there; None: it cannot write it."""


FORMS = {
    ".mp3": Form(
        encoder=("-c:a", "libmp3lame", "-b:a", "64k", "-id3v2_version", "3", "-f", "mp3"),
        by_libsndfile=("MP3", "MPEG_LAYER_III"),
    ),
    ".m4a": Form(encoder=("-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-f", "ipod")),
    ".ogg": Form(
        encoder=("-c:a", "libvorbis", "-q:a", "5", "-f", "ogg"), comments=True, by_libsndfile=("OGG", "VORBIS")
    ),
    ".opus": Form(encoder=("-c:a", "libopus", "-b:a", "64k", "-f", "opus"), by_libsndfile=("OGG", "OPUS")),
    ".flac": Form(encoder=("-c:a", "flac", "-f", "flac"), comments=True, by_libsndfile=("FLAC", "PCM_16")),
    ".wav": Form(by_libsndfile=("WAV", "PCM_16")),
}
"""By ending. 64 kbit/s is enough for speech at 24 kHz: 0.5 MB a minute. AAC and Vorbis overshoot less with more."""


class Target(Value, frozen=True, kw_only=True):
    """A place for a programme."""

    path: Path
    suffix: str
    """Of the file, or of each file of the folder."""
    is_folder: bool
    ffmpeg: str | None
    """The program; None: libsndfile writes."""

    @property
    def form(self) -> Form:
        """The form of its files."""
        return FORMS[self.suffix]

    @property
    def has_chapters(self) -> bool:
        """Whether one file tells its chapters."""
        return not self.is_folder and self.ffmpeg is not None

    @property
    def note(self) -> str:
        """What the user should know of the form; empty where all is as it should be."""
        if self.is_folder and self.ffmpeg is None:
            return "ffmpeg is not installed: the files are OGG, written without it."
        if self.has_chapters or self.is_folder:
            return ""
        if self.suffix == ".wav":
            return "A WAV file holds no chapters; name OUT.mp3, OUT.m4a or a folder to have them."
        return "ffmpeg is not installed: the file holds no chapters. A folder has a file for each, also without it."


def target(out: Path, *, force: bool = False) -> Target:
    """Where `out` leads: a file by its ending, or a folder; raises AudioPackError where nothing can be written there.

    What is there already is overwritten with `force` only, and a folder only where it holds a pack's playlist and
    files named as a pack's, nothing else.
    """
    ffmpeg = shutil.which("ffmpeg")
    suffix = out.suffix.lower()
    if out.is_dir() or not suffix:
        found = Target(path=out, suffix=".mp3" if ffmpeg else ".ogg", is_folder=True, ffmpeg=ffmpeg)
    elif suffix not in FORMS:
        known = ", ".join(FORMS)
        raise AudioPackError(
            f"{out}: no form of sound is written as {suffix}.{nearest(suffix, FORMS)}",
            f"End the name in {known}, or give it no ending for a folder.",
        )
    else:
        by_ffmpeg = ffmpeg if FORMS[suffix].encoder else None
        found = Target(path=out, suffix=suffix, is_folder=False, ffmpeg=by_ffmpeg)
    _check(found, force)
    return found


def _check(target: Target, force: bool) -> None:
    out = target.path
    if target.ffmpeg is None and target.form.by_libsndfile is None:
        raise AudioPackError(
            f"{out}: {target.suffix} is written by ffmpeg, which is not installed.",
            "Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg), or name OUT.mp3 or OUT.ogg.",
        )
    if not out.absolute().parent.is_dir():
        raise AudioPackError(f"{out}: there is no folder {out.absolute().parent}.", "Make it, or name another.")
    if target.is_folder and out.is_dir():
        names = sorted(file.name for file in out.iterdir())
        # An album's files are numbered, too: without its playlist nothing is taken for a pack.
        others = [name for name in names if name != PLAYLIST and not (PLAYLIST in names and _OWN_FILE.fullmatch(name))]
        if others:
            raise AudioPackError(f"{out} holds other files ({others[0]} …).", "Name a new or an empty folder.")
        if names and not force:
            raise AudioPackError(f"{out} holds a pack already.", "Name another folder, or add --force to replace it.")
    elif out.exists() and not force:
        raise AudioPackError(f"{out} is there already.", "Name another file, or add --force to replace it.")


def check_room(target: Target, seconds: float) -> None:
    """Raise AudioPackError where the disk has no room for a programme of this length."""
    needed = round(2 * _SPOOL_BYTES_PER_S * seconds)
    free = shutil.disk_usage(target.path.absolute().parent).free
    if free < needed:
        raise AudioPackError(
            f"{target.path}: {needed >> 20} MB are needed while it is made, and {free >> 20} MB are free.",
            "Free some space, or name a file on another disk.",
        )

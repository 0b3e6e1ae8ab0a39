"""The check of the user's voice as lines of text."""

from __future__ import annotations

import asyncio
import textwrap
from pathlib import Path

from mockint.errors import StoreError
from mockint.plain import Lines, heard_so_far, say
from mockint.runtime import Runtime
from mockint.voice_check import LONGEST_S, TEXT, VoiceCheck, result_lines


def run(runtime: Runtime, keep: Path | None) -> None:
    """Show the text, record until Enter, and tell how well it was understood; the recording goes to `keep` or nowhere.

    Raises NoMicrophone, PortAudioMissing, EngineMissing, EngineFailed, StoreError.
    """
    if keep is not None and keep.exists():  # told before anything is read aloud
        raise StoreError(f"{keep} is there already.", "Choose a name that is not taken.")
    asyncio.run(_run(runtime, keep))


async def _run(runtime: Runtime, keep: Path | None) -> None:
    lines = Lines()
    check = VoiceCheck(runtime.microphone(), runtime.transcriber())
    say("Read this aloud, as you would tell it to somebody (about 20 seconds):")
    say()
    say(textwrap.indent(textwrap.fill(TEXT, 76), "  "))
    say()
    say("Enter: start recording · q: leave")
    try:
        if await lines.next() != "":
            return
        say("One moment …")
        with heard_so_far() as on_heard:
            await check.start(on_heard)
            say("Recording. Enter: done")
            done = [asyncio.ensure_future(lines.next()), asyncio.ensure_future(check.source_ended())]
            await asyncio.wait(done, timeout=LONGEST_S, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.cancel()
            result = await check.finish()
        say("\n".join(result_lines(result)))
        if keep is not None:
            check.keep(keep)
        say(f"The recording is in {keep}." if keep else "The recording is deleted.")
    finally:
        await check.close()

"""`make bench`: what is fast, as ratios against a baseline measured in the same run.

    python -m benchmarks              everything
    python -m benchmarks startup      one of: startup, answer, words, keys, memory, load, history, audio-pack,
                                      whisper
    python -m benchmarks answer 30    with answers of these lengths (seconds)
    python -m benchmarks words 60     over so many seconds of speech
    python -m benchmarks load 1800    recording so many seconds on loaded cores
    python -m benchmarks history 500  with so many attempts
    python -m benchmarks audio-pack 40  of so many minutes
    python -m benchmarks handsfree pauses  one of: latency, pauses, session (ten minutes); only when named

Absolute times depend on the machine and what else it does; the ratios are what is aimed at.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks import answer, audio_pack, handsfree, history, keys, load, memory, startup, words


def main(args: list[str]) -> None:
    if args[:1] == ["handsfree"]:
        handsfree.main(args[1:])
        return
    which, sizes = args[:1], [int(a) for a in args[1:]]
    if which in ([], ["startup"]):
        startup.main()
    if which in ([], ["answer"]):
        asyncio.run(answer.main(sizes or [30, 120, 300]))
    if which in ([], ["words"]):
        asyncio.run(words.main(*sizes[:1]))
    if which in ([], ["keys"]):
        keys.main()
    if which in ([], ["memory"]):
        memory.main()
    if which in ([], ["load"]):
        load.main(*sizes[:1])
    if which in ([], ["history"]):
        history.main(*sizes[:1])
    if which in ([], ["audio-pack"]):
        audio_pack.main(*sizes[:1])
    if which in ([], ["whisper"]):
        from benchmarks import whisper  # brings torch, which takes seconds

        asyncio.run(whisper.main(sizes[0] if sizes else 120))


main(sys.argv[1:])

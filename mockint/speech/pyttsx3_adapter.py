"""The system's own voice, through pyttsx3 in a child process.

One child per utterance: pyttsx3's `runAndWait` is reported to hang on later calls and its engines keep state between
calls, so there are no later calls. Measured for a 20-word question (espeak-ng, 2 cores): 0.13 s with a child each,
0.02 s in a child that lives on, 0.001 s from the cache. The tenth of a second is spent while something else is on the
screen; for it a hanging child is killed without losing anything, and the same text gives the same bytes every time
(five of five; in a child that lives on, ten calls gave ten different files).
"""

from __future__ import annotations

from mockint.speech.child_speaker import PATIENCE_S, ChildSpeaker
from mockint.speech.port import Voice


class Pyttsx3Speaker(ChildSpeaker):
    """Speaker over pyttsx3: espeak-ng on Linux, NSSpeechSynthesizer on macOS, SAPI 5 on Windows."""

    WORKER = "mockint.speech.worker"
    PACKAGES = ("pyttsx3", "espeakng-loader")

    def __init__(self, voice: str = "", rate: int = 160, patience_s: float = PATIENCE_S) -> None:
        """Use the voice named `voice` ("": a plain English one) at `rate` words a minute.

        An utterance may take `patience_s` seconds and a tenth of a second per word before its child is killed.
        """
        super().__init__(voice, rate, patience_s)

    async def voices(self) -> tuple[Voice, ...]:
        """List voices; raises NoVoice, SpeechError."""
        async with self._lock:
            answer = await self._ask({"do": "voices"}, self._patience_s)
        return answer.voices

"""Sessions on disk: folders of takes, which are the truth.

<sessions>/<id>/session.json            started, job, settings, order of attempts, notes, star
<sessions>/<id>/01/attempt.json         question as asked, which take counts, levels
<sessions>/<id>/01/1/take.json          written before the first sample
<sessions>/<id>/01/1/answer.wav         the recording; question.wav beside it when it was spoken
<sessions>/<id>/01/1/answer.txt         what was typed so far, until it is handed in
<sessions>/<id>/01/1/transcript-1.json  and following: versions
<sessions>/<id>/01/1/card-1.json        and following: one per scoring
"""

from mockint.sessions.store import SessionStore, TakeRef, UnfinishedTake, moment

__all__ = ["SessionStore", "TakeRef", "UnfinishedTake", "moment"]

"""Which terms a recogniser is told to expect in an answer."""

from __future__ import annotations

from mockint.model import Job, Question


def expected(job: Job | None, question: Question | None) -> tuple[str, ...]:
    """The job's terms, then the question's: tags, key points with their other names, its own words. Each once.

    Names come first, for engines that take only so many; whole phrases are left to the engine to take apart.
    """
    terms = list(job.terms) if job else []
    if question:
        terms += question.tags
        terms += (text for point in question.key_points for text in (point.text, *point.aliases))
        terms.append(question.text)
    return tuple(dict.fromkeys(terms))

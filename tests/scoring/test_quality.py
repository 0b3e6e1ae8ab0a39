import pytest
from msgspec import structs

from mockint.model import typed_transcript
from mockint.scoring import score
from mockint.scoring.quality import IN_ENGLISH, NOT_ENGLISH
from tests.scoring.samples import EXPLAINED, FULL_STORY, INDEX, SALAD, STORY, spoken

GERMAN = "Im letzten Jahr war unser Import langsam, also habe ich die Abfragen geprüft und einen Index angelegt."
SPANISH = "El año pasado la importación era muy lenta, así que revisé las consultas y creamos un índice nuevo."
FINNISH = "Viime vuonna tuonti oli hidas, joten tarkistin kyselyt ja lisäsin taulukkoon uuden hakemiston."


@pytest.mark.parametrize("text", [GERMAN, SPANISH, FINNISH, "مرحبا بالعالم", "私は去年それを直しました", "Привет, мир"])
def test_another_language_is_not_measured_and_says_so(text: str) -> None:
    for question in (STORY, INDEX):
        for transcript in (typed_transcript(text), spoken(text)):
            card = score(question, transcript)
            assert card.transcript_quality.reasons == (NOT_ENGLISH, IN_ENGLISH)
            assert (card.structure.level, card.coverage.level, card.delivery.level) == (None, None, None)
            assert card.coverage.reason == NOT_ENGLISH
            assert (card.strength, card.suggestions) == (None, ())


@pytest.mark.parametrize(
    "text", [FULL_STORY, EXPLAINED, SALAD, "Docker Kubernetes Terraform Helm Ansible Kafka Redis S3"]
)
def test_english_and_lists_of_terms_are_measured(text: str) -> None:
    assert score(INDEX, typed_transcript(text)).transcript_quality.status == "good"


@pytest.mark.parametrize(("heard", "status"), [(None, "good"), (75, "good"), (130, "poor"), (40, "poor")])
def test_a_transcript_that_disagrees_with_the_sound_is_poor(heard: int | None, status: str) -> None:
    card = score(STORY, structs.replace(spoken(FULL_STORY), syllables=heard))
    assert card.transcript_quality.status == status
    if status == "poor":
        assert "syllables" in card.transcript_quality.reasons[0]
        assert card.structure.level_range is not None

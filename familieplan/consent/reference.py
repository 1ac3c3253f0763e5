"""Sections of law that allow an exchange without consent."""

from familieplan.access.reference import read_toml, reference
from familieplan.consent.models import LegalParagraph


@reference
def load_paragraphs(using: str) -> None:
    for key, row in read_toml(__file__, "paragraphs.toml").items():
        LegalParagraph.objects.using(using).update_or_create(key=key, defaults=row)

"""Sharing without consent: by law, and in an emergency. The family is told of both."""

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.access.drawers import Drawer, NotYourDrawer
from familieplan.audit import log
from familieplan.consent.models import LegalBasis, LegalParagraph, Notice
from familieplan.people.records import lay
from tests.histories.faults import Slip
from tests.street import SignIn, Street


def by_law(street: Street, **changes: Any) -> dict[str, Any]:
    return {
        "subject": str(street.persons["Anton"]),
        "paragraph": str(LegalParagraph.objects.get(key="ssd").pk),
        "necessity": "Anton har ikke været i skole i tre uger",
        "kinds": ["basic", "school"],
        "sources": [str(street.units["Familieteam"])],
        "unit": str(street.units["Byskolen"]),
        "days": "30",
    } | changes


def opening(street: Street, name: str) -> str | None:
    with acting_as(street.actor(name)):
        return log.open_family(street.family, "family")


def told(street: Street, name: str) -> int:
    with acting_as(street.actor(name)):
        return Notice.objects.filter(what__in=("statutory", "break_glass")).count()


def test_by_law_it_opens_at_once_and_both_parents_are_told(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    with acting_as(street.actor("Mette")):
        given = by_law(street)
    assert mette.post(f"{street.base}sharing/new/", given).status_code == 302
    assert opening(street, "Lis") == "full"
    assert (told(street, "Sara"), told(street, "Jonas")) == (1, 1)
    page = sign_in("Jonas").get(f"{street.base}consents/").content.decode()
    assert "Anton har ikke været i skole i tre uger" in page
    assert "Barnets lov § 17" in page
    with acting_as(street.actor("Sara")):
        basis = LegalBasis.objects.get().pk
    stop = f"{street.base}sharing/{basis}/end/"
    assert sign_in("Sara").post(stop).status_code == 403
    assert mette.post(stop).status_code == 302
    assert opening(street, "Lis") == "card"


def test_by_law_never_longer_than_the_law_and_never_without_a_reason(street: Street, sign_in: SignIn) -> None:
    mette = sign_in("Mette")
    with acting_as(street.actor("Mette")):
        too_long, no_reason = by_law(street, days="91"), by_law(street, necessity="")
    answer = mette.post(f"{street.base}sharing/new/", too_long)
    assert answer.status_code == 422
    assert "Loven tillader det ikke så længe" in answer.content.decode()
    assert "Anton har ikke været i skole" in answer.content.decode()
    assert mette.post(f"{street.base}sharing/new/", no_reason).status_code == 422
    assert opening(street, "Lis") == "card"


def test_emergency_access_from_the_card(street: Street, sign_in: SignIn) -> None:
    jens = sign_in("Jens")
    address = f"{street.base}emergency/"
    assert "Sara" not in jens.get(address).content.decode()
    assert jens.post(address, {"hours": "4"}).status_code == 422
    assert opening(street, "Jens") == "card"
    assert jens.post(address, {"hours": "4", "reason": "Hun svarer ikke, og døren er låst"}).status_code == 302
    assert opening(street, "Jens") == "full"
    assert (told(street, "Sara"), told(street, "Jonas")) == (1, 0)
    page = sign_in("Sara").get(f"{street.base}consents/").content.decode()
    assert "Hun svarer ikke, og døren er låst" in page


def test_no_emergency_for_those_who_do_not_work_with_the_family(street: Street, sign_in: SignIn) -> None:
    for name in ("Olga", "Leo", "Sara"):
        assert sign_in(name).post(f"{street.base}emergency/", {"hours": "4", "reason": "x"}).status_code == 404, name


def test_only_the_coordinator_shares_by_law(street: Street, sign_in: SignIn) -> None:
    for name in ("Jens", "Olga", "Sara"):
        assert sign_in(name).get(f"{street.base}sharing/new/").status_code == 404, name


# --- a second time ----------------------------------------------------------------------------------------------------

REASON = {"hours": "4", "reason": "Hun svarer ikke, og døren er låst"}


def a_week_passes(database: psycopg.Connection, days: int) -> None:
    database.execute(
        "UPDATE consent_legalbasis SET created_at = created_at - %(days)s * interval '1 day',"
        " starts_at = starts_at - %(days)s * interval '1 day', ends_at = ends_at - %(days)s * interval '1 day'",
        {"days": days},
    )


def test_the_coordinator_hears_of_it_until_she_has_asked(street: Street, sign_in: SignIn) -> None:
    assert sign_in("Jens").post(f"{street.base}emergency/", REASON).status_code == 302
    mette = sign_in("Mette")
    page = mette.get("/").content.decode()
    assert "Jens, Jobcenter har brugt nødadgang" in page
    assert "døren er låst" not in page  # why is the family's to tell
    notice = re.findall(r"/notices/([0-9a-f-]+)/read/", page)[0]
    assert sign_in("Leo").post(f"/notices/{notice}/read/").status_code == 404
    assert mette.post(f"/notices/{notice}/read/").status_code == 302
    assert "har brugt nødadgang" not in mette.get("/").content.decode()


def test_a_second_time_within_a_week_names_whom_to_call(
    street: Street, sign_in: SignIn, superuser_connection: psycopg.Connection
) -> None:
    jens, address = sign_in("Jens"), f"{street.base}emergency/"
    assert jens.post(address, REASON).status_code == 302
    a_week_passes(superuser_connection, 6)
    refused = jens.post(address, REASON)
    assert refused.status_code == 422
    assert "Mette, Familieteam, 11 22 33 44" in refused.content.decode()
    assert "døren er låst" in refused.content.decode()
    assert superuser_connection.execute("SELECT count(*) FROM consent_legalbasis").fetchone() == (1,)
    assert sign_in("Lis").post(address, REASON).status_code == 302  # each their own
    a_week_passes(superuser_connection, 1)
    assert jens.post(address, REASON).status_code == 302


def test_the_coordinator_herself_shares_by_law(street: Street, sign_in: SignIn) -> None:
    mette, address = sign_in("Mette"), f"{street.base}emergency/"
    several = REASON | {"about": [str(street.persons["Sara"]), str(street.persons["Anton"])]}
    assert mette.post(address, several).status_code == 302  # two persons, one use
    refused = mette.post(address, several)
    assert refused.status_code == 422
    assert "Du er familiens koordinator" in refused.content.decode()


def test_only_for_those_one_works_with(street: Street) -> None:
    for about in ("Anton", "Freja", "Jonas"):
        with pytest.raises(PermissionDenied):
            street.break_glass("Jens", about)
    street.break_glass("Jens", "Sara")
    street.break_glass("Mette", "Freja")  # who coordinates works with all of them


def test_no_other_door_to_an_emergency(street: Street) -> None:
    """The coordinator may write what the law lets through; an emergency she takes like everybody else."""
    mette = street.actor("Mette")
    with acting_as(mette):
        log.open_family(street.family, "consents")
        now = timezone.now()
        row = LegalBasis(kind="break_glass", subject_id=street.persons["Freja"], to_staff_id=street.staff["Jens"],
                         paragraph=LegalParagraph.objects.get(key="vital_interest"), necessity="x",
                         starts_at=now, ends_at=now + timedelta(hours=1))  # fmt: skip
        drawer = Drawer(street.family, (street.persons["Freja"],), "consent", source=street.units["Familieteam"])
        with pytest.raises(NotYourDrawer):
            lay(row, drawer, by=mette)


def both(street: Street, sign_in: SignIn) -> None:
    test_only_for_those_one_works_with(street)
    test_the_coordinator_herself_shares_by_law(street, sign_in)


GLASS = "consent.break_glass(uuid, uuid, uuid, text, int)"
FAULTS = {
    "for anybody in the family": Slip(GLASS, "OR whom <> ALL (consent.whom_i_work_with(person.family_id))", ""),
    "as often as one likes": Slip(GLASS, "l.created_at < now()", "false"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(
    street: Street, sign_in: SignIn, superuser_connection: psycopg.Connection, fault: str
) -> None:
    FAULTS[fault].plant(superuser_connection)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        both(street, sign_in)

"""The front page of a parent or young person."""

from familieplan.access.context import acting_as
from familieplan.consent.models import Notice
from tests.street import SignIn, Street


def test_everything_of_mine_on_one_page(street: Street, sign_in: SignIn) -> None:
    street.give("Sara", "Sara")
    page = sign_in("Sara").get("/").content.decode()
    assert "Hej Sara" in page
    assert f'href="{street.base}"' in page
    assert "Arbejde og uddannelse" in page
    assert "Mette" in page
    assert "tel:11223344" in page


def test_emergency_access_is_told_until_it_is_read(street: Street, sign_in: SignIn) -> None:
    street.break_glass("Jens", "Sara", "Sara ligger på skadestuen")
    sara = sign_in("Sara")
    page = sara.get("/").content.decode()
    assert "Nogen har brugt nødadgang" in page
    assert "Sara ligger på skadestuen" in page
    with acting_as(street.actor("Sara")):
        notice = Notice.objects.get(what="break_glass").pk
    assert sign_in("Jonas").post(f"/notices/{notice}/read/").status_code == 404
    assert sara.post(f"/notices/{notice}/read/").status_code == 302
    assert "Nogen har brugt nødadgang" not in sara.get("/").content.decode()
    assert "Sara ligger på skadestuen" in sara.get(f"{street.base}consents/").content.decode()


def test_the_other_parent_is_not_told(street: Street, sign_in: SignIn) -> None:
    street.break_glass("Jens", "Sara", "Sara ligger på skadestuen")
    assert "nødadgang" not in sign_in("Jonas").get("/").content.decode()


def test_a_consent_that_waits_for_me(street: Street, sign_in: SignIn) -> None:
    street.give("Anton", "Sara", kinds=("basic", "school"), to_units=(street.units["Byskolen"],))
    assert "Et samtykke venter på dig" in sign_in("Jonas").get("/").content.decode()
    assert "Et samtykke venter på dig" not in sign_in("Sara").get("/").content.decode()
    assert "Et samtykke venter på dig" not in sign_in("Anton").get("/").content.decode()


def test_professionals_have_a_front_page_of_their_own(street: Street, sign_in: SignIn) -> None:
    page = sign_in("Mette").get("/").content.decode()
    assert "Hej " not in page

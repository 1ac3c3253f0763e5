"""Each form: shown, refused with the text kept, saved, and closed to those who may not write there."""

from tests.plan.house import House

FORMS = (
    "topics/add/",
    "topics/{work}/edit/",
    "topics/{work}/statements/add/?kind=worry",
    "topics/{work}/goals/add/",
    "topics/{work}/agreements/add/",
    "hopes/add/",
    "burning/add/",
    "wellbeing/add/",
    "statements/{worry}/edit/",
    "goals/{goal}/edit/",
    "goals/{goal}/helps/add/",
    "agreements/add/",
    "agreements/{agreement}/done/",
    "interventions/add/",
    "interventions/{effort}/idea/",
    "plans/add/",
    "network/add/",
)
JENS_ONLY = ("agreements/{agreement}/edit/", "interventions/{effort}/edit/")


def address(house: House, form: str) -> str:
    return house.base + form.format(**house.rows)


def test_every_form_is_shown_to_those_who_may_write(house: House) -> None:
    for name, forms in (("Sara", [f for f in FORMS if f != "agreements/{agreement}/done/"]), ("Jens", JENS_ONLY)):
        client = house.client(name)
        for form in forms:
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(address(house, form), headers=headers)
                assert answer.status_code == 200, (form, answer)


def test_other_coordinators_find_nothing(house: House) -> None:
    client = house.client("Olga")
    for form in (*FORMS, *JENS_ONLY):
        assert client.get(address(house, form)).status_code == 404


def test_what_burns_goes_at_first_where_the_fewest_read_along(house: House) -> None:
    """The kind is chosen already and folded; who would see it stands before it."""
    page = house.client("Sara").get(f"{house.base}burning/add/").content.decode()
    assert "(Håb, mål og aftaler)" not in page
    before, _fold, _after = page.partition("<summary>Hvilken slags oplysninger er det?")
    assert "De kan se det, når du har gemt" in before
    assert "Jobcentret" not in before

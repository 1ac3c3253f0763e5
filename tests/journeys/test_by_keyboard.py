"""Tab, Enter and Space are enough, and one always sees where one is."""

from playwright.sync_api import Page, expect

from tests.journeys.town import Town

TEXT = "Vi mangler en madpakke-plan til turen på torsdag."
# The name of what has focus, and what is wrong with how it is seen.
WHERE = r"""() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), label = at.labels?.[0];
  const ring = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  const drawn = label ? [null, "::before", "::after"].map((part) => getComputedStyle(label, part)) : [];
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = (at.getAttribute("aria-label") ?? label?.textContent ?? at.textContent).replace(/\s+/g, " ").trim();
  if (at === document.body) return [name, ""];
  return [name, ![getComputedStyle(at), ...drawn].some(ring) ? "no ring" : !inside ? "outside the screen" : ""];
}"""


def tab_to(page: Page, name: str, most: int = 300) -> None:
    """Press Tab until it has focus; on the way, focus is always visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found, fault = page.evaluate(WHERE)
        assert not fault, f"{page.url} {found!r}: {fault}"
        if found.startswith(name):
            return
    raise AssertionError(f"{page.url}: no way to {name!r} by Tab")


def test_from_sign_in_to_an_added_statement_and_a_yes_taken_back(town: Town) -> None:
    page = town.visit()
    page.goto("/account/demo/")
    tab_to(page, "Log ind som Sara Holm")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{town.address}/")

    tab_to(page, "Åbn vores plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/families/*/")
    tab_to(page, "Sig, hvad der brænder på")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hvad brænder på i dag?")).to_be_focused()
    page.keyboard.type(TEXT)
    tab_to(page, "Gem")
    page.keyboard.press("Space")
    expect(page.locator("#burning figure", has_text=TEXT)).to_be_visible()
    page.wait_for_function("document.activeElement.closest('#burning')")  # where one was, before going on

    tab_to(page, "Ændr, hvem der må se hvad")
    page.keyboard.press("Enter")
    page.wait_for_url("**/consents/")
    tab_to(page, "Tag det tilbage")
    page.keyboard.press("Enter")
    page.wait_for_url("**/withdraw/")
    tab_to(page, "Ja, tag det tilbage")
    page.keyboard.press("Space")
    expect(page.get_by_text("Taget tilbage af dig")).to_be_visible()

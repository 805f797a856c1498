"""The page on which any data element can be typed in, beside the answer page."""
from playwright.sync_api import expect


def field(office, number, row=1):
    return office.page.locator(f"#e{number}-{row}")


def adds_a_dose(office, vaccine, day):
    """From the answer page and back to it: a dose of a vaccine that the form does not list."""
    words, back = office.words, office.page.url
    office.open_details(words("typed.title"))
    office.follow(words("elements.link"))
    office.sees_heading("~" + words("elements.title"))
    # What was asked for is there, folded; anything else comes by a button, and nothing is lost.
    expect(field(office, 54)).to_be_hidden()
    office.fill(words("field.name.label"), "Ana Treviño")
    office.press(words("group.immunization"))
    expect(field(office, 30)).to_be_visible()
    expect(office.page.get_by_label(words("field.name.label"), exact=True)).to_have_value("Ana Treviño")
    field(office, 30).fill(vaccine)
    field(office, 29).fill("4/31/2013")
    office.choose(words("complete.no"))
    office.press(words("answer.send"))
    wrong = words("trouble.elementWrong", element=words("element.immunizationDate"),
                  found="4/31/2013", allowed=words("allowed.date"))
    expect(office.page.get_by_role("alert").get_by_role("link", name=wrong, exact=True)).to_be_visible()
    expect(field(office, 29)).to_have_attribute("aria-invalid", "true")
    expect(field(office, 30)).to_have_value(vaccine)
    field(office, 29).fill(day)
    office.press(words("answer.send"))
    office.page.wait_for_url("**/receipt*", timeout=60_000)
    office._arrived()
    office.sees_heading("~" + words("receipt.title"))
    office.page.goto(back)
    office._arrived()

"""Who answers for a school and when it is closed: kept by its own people, its district, its state."""
import re
import pytest
from harness.browser import PHONE
from pages import clerk, staff
from pages.staff import ANA, EMILIANO, PATRICIA, ROSA

WESLACO = "Weslaco East High School"


@pytest.fixture(scope="module")
def asked(gateway, chromium):
    """Rosa has asked a school that is in session."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = staff.come_back(Person(page, faults, gateway.url), ROSA)
        return staff.file_request(rosa, EMILIANO, WESLACO)


def at_her_school(person):
    person.follow(person.words("door.contacts"))
    person.follow(WESLACO)
    person.sees_heading(WESLACO)


def types_contact(person, role, name, email, phone=""):
    words = person.words
    person.choose(words(f"contactRole.{role}"))
    person.fill(words("field.name.label"), name)
    person.fill(words("field.email.label"), email)
    person.fill(words("field.phone.label"), phone)


def types_days(person, first, last):
    words = person.words
    for legend, days in (("closureFirst", first), ("closureLast", last)):
        within = words(f"field.{legend}.label")
        for part, value in zip(("Month", "Day", "Year"), days):
            person.fill(words(f"field.{legend}{part}.label"), str(value), within=within)


def test_a_clerk_puts_a_colleague_on_the_list_and_takes_her_off(people, gateway, asked):
    ana = staff.come_back(people(gateway.url, js=False, width=PHONE), ANA)
    words = ana.words
    at_her_school(ana)
    # All that is wrong at once, and nothing typed is lost.
    ana.fill(words("field.phone.label"), "12")
    ana.fill(words("field.email.label"), "nobody")
    ana.press(words("contacts.save"))
    ana.sees_errors(words("trouble.roleMissing"), words("trouble.nameMissing"),
                    words("trouble.emailMalformed"), words("trouble.phoneMalformed"))
    assert ana.page.get_by_label(words("field.email.label"), exact=True).input_value() == "nobody"
    types_contact(ana, "recordsOffice", "Berta Solís", "berta.solis@weslaco-east.example",
                  "(956) 555-0142")
    ana.choose(words("field.contactChecked.label"))
    ana.press(words("contacts.save"))
    ana.sees(words("notice.contactSaved"), "berta.solis@weslaco-east.example")
    # What waits is mailed to her at once; the others hear of the change.
    assert clerk.the_mail(ana, asked, to="berta.solis@")["link"]
    ana.go("/demo/mail")
    changed = ana.page.get_by_role("row").filter(has_text="Who answers for Weslaco East")
    assert changed.count() >= 1
    at_her_school_again(ana)
    ana.press("~" + words("contacts.end") + " Berta Solís")
    ana.sees(words("notice.contactEnded"))
    ana.sees_not("berta.solis@weslaco-east.example")


def at_her_school_again(person):
    person.go("/contacts")
    person.follow(WESLACO)


def test_a_stranger_sees_nobodys_addresses(people, gateway, asked):
    rosa = staff.come_back(people(gateway.url, check=False), ROSA)
    assert rosa.page.goto(gateway.url + "/contacts/school:484496008851").status == 404
    rosa.sees_not("weslaco-east.example")


def finds_the_school(person):
    person.go("/contacts")
    person.fill(person.words("field.searchName.label"), "Weslaco East")
    person.press(person.words("search.button"))
    person.follow(WESLACO)
    person.sees_heading(WESLACO)


def test_the_state_contact_marks_a_school_closed_and_the_request_takes_the_summer_way(
        people, gateway, asked):
    patricia = staff.come_back(people(gateway.url, language="es"), PATRICIA)
    words = patricia.words
    finds_the_school(patricia)
    patricia.press(words("closures.save"))
    patricia.sees_errors(words("trouble.closureKindMissing"), words("trouble.firstDayMissing"),
                         words("trouble.lastDayMissing"))
    patricia.choose(words("closureKind.longBreak"))
    patricia.fill(words("field.closureName.label"), "Inundación")
    types_days(patricia, (5, 18, 2026), (5, 1, 2026))
    patricia.press(words("closures.save"))
    patricia.sees_errors(words("trouble.lastBeforeFirst"))
    types_days(patricia, (5, 18, 2026), (5, 29, 2026))
    patricia.press(words("closures.save"))
    patricia.sees(words("notice.calendarChanged"), "Inundación")
    # The summer contact, the project and the district are asked at this moment.
    for to in ("victor.salas@", "lucia.cantu@", "daniel.pruitt@"):
        assert clerk.the_mail(patricia, asked, to=to)["link"], to
    finds_the_school(patricia)
    patricia.press("~" + words("closures.remove") + " Inundación")
    patricia.sees(words("notice.calendarChanged"))
    patricia.sees_not("Inundación")


def test_a_state_says_how_far_it_is_and_what_it_accepts(people, gateway, asked):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words

    def enters(phase, save=True):
        patricia.go("/contacts")
        patricia.follow("Texas")
        patricia.follow(words("stateRule.title"))
        patricia.choose(words(f"dataPhase.{phase}"))
        if save:
            patricia.press(words("stateRule.save"))
            patricia.sees(words("notice.stateRuleSaved"))

    enters("second", save=False)
    patricia.fill(words("field.certifier.label"), "El director <b>de la escuela</b>")
    patricia.press(words("stateRule.save"))
    patricia.sees_errors(words("trouble.citationMissing"))
    patricia.fill(words("field.citation.label"), "Carta de prueba")
    patricia.press(words("stateRule.save"))
    patricia.sees(words("notice.stateRuleSaved"), "El director <b>de la escuela</b>")
    # How long its law gives its schools stands beside our dates, and moves none.
    patricia.fill(words("field.limitDays.label"), "3")
    patricia.press(words("limits.save"))
    patricia.sees_errors(words("trouble.limitUnitMissing"), words("trouble.limitCitationMissing"))
    patricia.choose(words("limitUnit.calendarDay"))
    patricia.fill(words("field.limitCitation.label"), "Código de prueba 49")
    patricia.press(words("limits.save"))
    patricia.sees(words("notice.limitsSaved"), "Código de prueba 49")
    patricia.go(f"/queue/{asked}")
    patricia.sees("Código de prueba 49", words("check.unverified"))
    patricia.go("/states/TX/rule")
    patricia.press("~" + words("limits.remove") + " 3")
    patricia.sees(words("notice.limitsSaved"))
    patricia.sees_not("Código de prueba 49")
    # Whoever answers sees before sending what the state need not hold yet.
    ana = staff.come_back(people(gateway.url), ANA)
    ana.go("/answers")
    ana.follow(asked)
    ana.sees(ana.words("standing.notYetHeld", phase=2))
    enters("third")
    # Whoever asks sees what the own state accepts, before anybody is asked.
    rosa = staff.come_back(people(gateway.url, language="es", width=PHONE), ROSA)
    wizard = staff.Wizard(rosa).begin().student(staff.ITZEL)
    wizard.search("Weslaco East").place(WESLACO).purpose("enrollment")
    wizard.sees("check.title")
    rosa.sees(rosa.words("acceptance.title", state="Washington"),
              rosa.words("acceptance.madeUp"), rosa.words("check.unverified"))


def test_contacts_come_from_a_list_that_is_looked_at_first(people, gateway, asked):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/contacts")
    patricia.follow(words("import.title"))
    patricia.fill(words("field.contactList.label"), "name,phone")
    patricia.press(words("import.check"))
    patricia.sees_errors(words("trouble.columnsMissing", columns="organization, role, email"))
    rows = ["organization,role,name,email", "484496008851,backup,Celia Ríos,celia@list.example",
            "000000000000,backup,Nobody,nobody@list.example"]
    patricia.fill(words("field.contactList.label"), "\n".join(rows))
    patricia.press(words("import.check"))
    patricia.sees(words("import.would", added=1, changed=0, same=0), "Celia Ríos",
                  words("contactRow.organizationUnknown"))
    patricia.press(words("import.apply"))
    patricia.sees(words("import.done", added=1, changed=0, same=0))
    patricia.go("/contacts/school:484496008851")
    patricia.sees("celia@list.example")


def the_question(person):
    """Path and code of the newest mail that asks a mailbox about itself."""
    for _ in range(60):
        person.page.goto(person.base + "/demo/mail")
        row = person.page.get_by_role("row").filter(has_text="right person for student records")
        if row.count():
            break
        person.page.wait_for_timeout(250)
    row.first.get_by_role("link").click()
    mail = person.page.locator("pre.mail").inner_text()
    return re.search(r"/c/[0-9a-z]+", mail)[0], re.search(r"Code\s+([A-Z]{6})", mail)[1]


def test_an_office_is_asked_by_mail_and_names_somebody_else(people, gateway, asked):
    ana = staff.come_back(people(gateway.url, js=False, width=PHONE), ANA)
    words = ana.words
    at_her_school(ana)
    ana.page.get_by_role("button", name=words("contacts.ask")).first.click()
    ana.sees(words("notice.contactAsked"))
    path, code = the_question(ana)
    clerk_of_hers = people(gateway.url, js=False, width=PHONE, language="es")
    words = clerk_of_hers.words
    clerk_of_hers.go(path)
    clerk_of_hers.sees_heading("~" + words("mailbox.title"))
    clerk_of_hers.choose("~" + words("mailbox.other"))
    clerk_of_hers.fill(words("field.name.label"), "Celia Ríos")
    clerk_of_hers.fill(words("field.email.label"), "celia.rios@elsewhere.example")
    clerk_of_hers.fill(words("field.linkCode.label"), code)
    clerk_of_hers.press(words("mailbox.button"))
    clerk_of_hers.sees_errors(words("trouble.addressElsewhere"))
    clerk_of_hers.fill(words("field.email.label"), "celia.rios@weslaco-east.example")
    clerk_of_hers.fill(words("field.linkCode.label"), code)
    clerk_of_hers.press(words("mailbox.button"))
    clerk_of_hers.sees(words("notice.successorAsked"), words("mailbox.over"))

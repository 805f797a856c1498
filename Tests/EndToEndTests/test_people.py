"""Whose entries are whose: one state contact proposes, another decides, and it can be taken back."""
from harness.browser import PHONE
from pages import staff
from pages.staff import AUDITOR, FLORIDA, PATRICIA

PAIR, PROPOSAL = "/locator/people/pairs/", "/locator/people/proposals/"
ONE = "/locator/people/one/"


def opens(person, beginning, index=0, purpose="upkeep"):
    """The index-th of a kind in the list, with the purpose that is asked for first."""
    person.go("/locator/people")
    person.page.locator(f"a[href^='{beginning}']").nth(index).click()
    person._arrived()
    person.sees_heading(person.words("located.purposeTitle"))
    person.choose(person.words(f"peoplePurpose.{purpose}"))
    person.press(person.words("located.purposeButton"))
    return person


def test_two_people_join_a_child_and_take_it_back(people, gateway):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/locator")
    patricia.follow(words("located.title"))
    patricia.sees_heading(words("located.title"))
    patricia.sees_not("Armendáriz", "Guadalupe", "Lupita")
    # Nobody is shown without a purpose.
    patricia.page.locator(f"a[href^='{PAIR}']").first.click()
    patricia._arrived()
    patricia.press(words("located.purposeButton"))
    patricia.sees_errors(words("trouble.purposeMissing"))
    patricia.choose(words("peoplePurpose.reported"))
    patricia.press(words("located.purposeButton"))
    patricia.sees_heading(words("located.pairTitle"))
    patricia.sees("Guadalupe Armendáriz Ochoa", "Lupita Armendariz", "Weslaco East High School",
                  "Immokalee High School", words("match.dayAndMonthSwapped"))
    numbers = patricia.page.locator("section.card strong").all_inner_texts()
    assert len(numbers) == 2 and all(number.startswith("SR-") for number in numbers)

    patricia.press(words("located.mergeButton"))
    patricia.sees_errors(words("trouble.proposalReasonMissing"))
    patricia.fill(words("field.proposalReason.label"), "Called both schools: the same mother.")
    patricia.press(words("located.mergeButton"))
    patricia.sees(words("notice.proposed"))
    opens(patricia, PROPOSAL)
    patricia.sees(words("located.ownExplain"), "Called both schools: the same mother.")
    patricia.sees_not(words("located.approve"))

    samuel = staff.come_back(people(gateway.url, language="es"), FLORIDA)
    palabras = samuel.words
    opens(samuel, PROPOSAL)
    samuel.sees("Called both schools: the same mother.")
    # His own state's child has a page of its own for him, the other state's has none.
    assert samuel.page.locator("section.card a").count() == 1
    samuel.follow(palabras("located.file"))
    samuel.sees("Lupita Armendariz", palabras("located.waitsAlready"))
    samuel.sees_not("Guadalupe Armendáriz Ochoa", palabras("located.splitTitle"))
    samuel.follow("~" + palabras("located.seeProposal"))
    samuel.press(palabras("located.decline"))
    samuel.sees_errors(palabras("trouble.proposalReasonMissing"))
    samuel.press(palabras("located.approve"))
    samuel.sees(palabras("notice.proposalApproved"))

    # Both numbers lead to the one child, typed as people type; a mistyped one to nobody.
    patricia.go("/locator/people")
    wrong = numbers[0][:-1] + ("0" if numbers[0][-1] != "0" else "1")
    patricia.fill(words("field.recordNumber.label"), wrong)
    patricia.choose(words("peoplePurpose.upkeep"))
    patricia.press(words("located.findButton"))
    patricia.sees_errors(words("trouble.recordNumberMistyped"))
    for number in numbers:
        patricia.go("/locator/people")
        patricia.fill(words("field.recordNumber.label"), number.lower().replace("-", " "))
        patricia.choose(words("peoplePurpose.upkeep"))
        patricia.press(words("located.findButton"))
        patricia.sees_heading(words("located.personTitle"))
        patricia.sees("Weslaco East High School", "Immokalee High School")
    patricia.sees_row(words("proposalKind.merge"), words("proposalStatus.approved"))
    assert numbers[0] != numbers[1]

    # It was wrong: the other one proposes to take it back, this one agrees.
    samuel.go("/locator/people")
    decided = samuel.page.locator("table").last.locator(f"a[href^='{PROPOSAL}']").first
    decided.click()
    samuel._arrived()
    samuel.choose(palabras("peoplePurpose.safety"))
    samuel.press(palabras("located.purposeButton"))
    samuel.fill(palabras("field.proposalReason.label"), "Son primas.")
    samuel.press(palabras("located.undoButton"))
    samuel.sees(palabras("notice.proposed"))
    opens(patricia, PROPOSAL)
    patricia.sees("Son primas.")
    patricia.press(words("located.approve"))
    patricia.sees(words("notice.proposalApproved"))
    patricia.sees(words("proposalStatus.undone"))

    theo = staff.come_back(people(gateway.url), AUDITOR)
    theo.go("/audit")
    theo.sees("people.look", "person.approve", "reported", "safety")
    theo.sees_not("Armendáriz", "Lupita", *numbers)


def test_who_is_two_children_is_taken_apart_and_who_is_apart_leaves_the_list(people, gateway):
    samuel = staff.come_back(people(gateway.url, width=PHONE), FLORIDA)
    words = samuel.words
    opens(samuel, PAIR, index=1)
    samuel.sees("Cárdenas", words("match.otherSecondName"))
    samuel.press(words("located.apartButton"))
    samuel.sees(words("notice.markedApart"))
    assert samuel.page.locator(f"a[href^='{PAIR}']").count() == 1

    # The proposal that the demonstration begins with is carried out, then taken apart.
    opens(samuel, PROPOSAL)
    samuel.sees("Barrera")
    samuel.press(words("located.approve"))
    samuel.sees(words("notice.proposalApproved"), words("located.nothingNear"))
    samuel.page.locator(f"a[href^='{PROPOSAL}']").last.click()
    samuel._arrived()
    samuel.choose(words("peoplePurpose.request"))
    samuel.press(words("located.purposeButton"))
    samuel.follow(words("located.file"))
    samuel.press(words("located.splitButton"))
    samuel.sees_errors(words("trouble.entriesMissing"))
    samuel.choose("~Immokalee High School")
    samuel.fill(words("field.proposalReason.label"), "Two cousins.")
    samuel.press(words("located.splitButton"))
    samuel.sees(words("notice.proposed"))

    patricia = staff.come_back(people(gateway.url, language="es"), PATRICIA)
    opens(patricia, PROPOSAL)
    patricia.sees("Two cousins.", patricia.words("located.moves"))
    patricia.press(patricia.words("located.approve"))
    patricia.sees(patricia.words("notice.proposalApproved"))


def test_one_person_who_may_be_two_comes_with_a_split_prepared(people, gateway):
    samuel = staff.come_back(people(gateway.url, js=False, width=PHONE), FLORIDA)
    words = samuel.words
    # Nobody asked for it: the gateway compares by itself.
    samuel.go("/locator/people")
    for _ in range(240):
        if samuel.page.locator(f"a[href^='{ONE}']").count():
            break
        samuel.page.wait_for_timeout(250)
        samuel.go("/locator/people")
    opens(samuel, ONE)
    samuel.sees("Mateo Cisneros Robledo", "Valeria Cisneros Robledo", words("located.doubtTitle"))
    boxes = samuel.page.locator("input[name=entries]")
    assert [boxes.nth(n).is_checked() for n in range(2)].count(True) == 1
    reason = samuel.page.get_by_label(words("field.proposalReason.label")).input_value()
    assert words("match.otherBirthDate") in reason and words("match.otherName") in reason
    samuel.fill(words("field.proposalReason.label"), "Called both schools: a brother and a sister.")
    samuel.press(words("located.splitButton"))
    samuel.sees(words("notice.proposed"))
    samuel.sees_row(words("located.isProposed"), words("match.otherBirthDate"))

    patricia = staff.come_back(people(gateway.url, language="es"), PATRICIA)
    palabras = patricia.words
    opens(patricia, PROPOSAL)
    patricia.sees("Valeria Cisneros Robledo", palabras("located.moves"))
    patricia.press(palabras("located.approve"))
    patricia.sees(palabras("notice.proposalApproved"), palabras("located.noDoubt"))
    patricia.go("/locator/people/proposals")
    patricia.sees_row(palabras("proposalKind.split"), palabras("proposalStatus.approved"))

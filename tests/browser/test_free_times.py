"""Free times in front of people: filters without script, the zone that a browser knows, and the way to a form."""

from tests.browser.views import CONSULTATION

NEW_YORK = {"timezone_id": "America/New_York"}


def times(surfer, query=""):
    surfer.go(surfer.path("times", key=CONSULTATION) + query)


def shown(surfer):
    """Return the addresses of the free times, without their languages."""
    hrefs = "() => [...document.querySelectorAll('.time__link')].map(one => one.href)"
    return [href.partition("start=")[2].partition("&")[0] for href in surfer.look(hrefs)]


def test_filters_work_without_script(surf):
    surfer = surf(java_script_enabled=False)
    surfer.page.goto(surfer.path("times", key=CONSULTATION))
    surfer.page.click(".filters > summary")
    surfer.page.check("#part-evening")
    surfer.page.check("#weekday-3")
    surfer.page.select_option("#medium", "video")
    surfer.page.click(".filters button[type=submit]")

    assert "part=evening&weekday=3" in surfer.page.url
    assert "medium=video" in surfer.page.url
    assert surfer.page.locator(".chips .chip--set").count() == 2
    times_of_day = {text[:2] for text in surfer.page.locator(".time__link").all_inner_texts()}
    assert surfer.page.locator("#part-evening").is_checked()
    assert len(times_of_day) >= 1


def test_somebody_in_another_zone_is_offered_the_times_by_the_own_clock(surf):
    surfer = surf("en", **NEW_YORK)
    times(surfer, "?medium=video")
    ours = shown(surfer)

    surfer.follow("[data-zone] a")

    assert "zone=America%2FNew_York" in surfer.page.url
    assert "in Leipzig" in surfer.text(".time__link")
    assert shown(surfer) == ours


def test_nobody_at_home_or_in_the_house_is_offered_another_zone(surf):
    for surfer, query in ((surf("en"), "?medium=video"), (surf("en", **NEW_YORK), "?medium=on_site")):
        times(surfer, query)
        assert surfer.page.locator("[data-zone]:visible").count() == 0


def test_a_free_time_is_two_pages_from_its_booking(surf):
    surfer = surf("en")
    surfer.visit("consultations")
    surfer.follow(f'a[href="{surfer.path("times", key=CONSULTATION)}"]')
    chosen = surfer.text(".time__link")
    surfer.follow(".time__link")

    assert surfer.is_at("book_slot", key=CONSULTATION)
    assert chosen.split()[-1][-5:].strip() in surfer.text("main")


def test_the_question_why_a_time_is_missing_is_answered_where_people_look(surf):
    surfer = surf("en")
    times(surfer)
    day = surfer.look("() => document.querySelector('#day').min")
    surfer.page.fill("#day", day)
    surfer.page.fill("#at", "03:10")
    with surfer.page.expect_navigation():
        surfer.page.click("form[action='#answer'] button")

    assert surfer.page.url.endswith("#answer")
    assert "03:10" in surfer.text("#answer")
    assert surfer.page.locator("#answer .time__link").count() == 1

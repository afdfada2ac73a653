"""The programme in front of people: it follows its filters without moving the focus, and does without script."""

from playwright.sync_api import expect


def count(surfer):
    return int(surfer.text("[data-count]").split()[0])


def test_a_filter_shows_at_once_what_fits_and_says_how_many_dates_there_are(surf):
    surfer = surf()
    surfer.visit("programme")
    before = count(surfer)
    surfer.page.click(".filters > summary")
    surfer.page.focus("#part-evening")

    surfer.page.keyboard.press("Space")

    expect(surfer.page.locator("[data-results] .chip--set")).to_have_count(1)
    expect(surfer.page.locator("[data-news]")).to_have_text(surfer.text("[data-count]"))
    assert "part=evening" in surfer.page.url
    assert surfer.look("() => document.activeElement.id") == "part-evening"
    assert surfer.page.locator(".filters").get_attribute("open") is not None
    starts = surfer.page.locator(".date__time").all_inner_texts()
    assert starts
    assert all(start >= "17:00" for start in starts)
    assert count(surfer) != before


def test_a_search_and_filters_do_without_script(surf):
    surfer = surf(java_script_enabled=False)
    surfer.page.goto(surfer.path("programme"))
    surfer.page.click(".filters > summary")
    surfer.page.check("#kind-tour")
    surfer.page.fill("#people", "2")
    surfer.page.fill("#q", "Rundgang")

    surfer.page.click(".search__line button[type=submit]")

    assert "q=Rundgang" in surfer.page.url
    assert "kind=tour" in surfer.page.url
    assert surfer.page.locator(".chip--set").count() == 2  # the one kind is marked among all kinds
    titles = set(surfer.page.locator(".date__link").all_text_contents())
    assert titles
    assert all("Rundgang" in title for title in titles)


def test_a_month_is_a_table_on_a_wide_page_and_a_list_by_day_on_a_phone(surf):
    surfer = surf(viewport={"width": 1280, "height": 900})
    surfer.go(f"{surfer.path('programme')}?view=month")
    layout = "one => getComputedStyle(one).display"
    day = surfer.page.locator("td:has(.calendar__link)").first
    assert day.evaluate(layout) == "table-cell"
    assert surfer.page.locator(".calendar th").count() == 7

    surfer.page.set_viewport_size({"width": 390, "height": 900})

    assert day.evaluate(layout) == "block"
    assert surfer.page.locator(".calendar__full:visible").count() > 0
    name = " ".join((surfer.page.locator(".calendar__link").first.text_content() or "").split())
    assert len(name.split(", ")) >= 4, name  # weekday, day, time, title and places, wherever it is met

"""The page's time line in a real browser: handles, bars, play, and what it says."""

from __future__ import annotations

import browser
import pytest
import view_fixture as story

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

START, END = ".mp-time-handle.is-start", ".mp-time-handle.is-end"


def at(page, hash_):
    browser.go(page, hash_)


def said(page):
    return page.inner_text(".mp-time-said")


def value(page, handle):
    return page.get_attribute(handle, "aria-valuetext")


def day_at(page, share):
    """Return the point of the plot at a share of its width."""
    box = page.locator(".mp-time-plot").bounding_box()
    return box["x"] + box["width"] * share, box["y"] + 20


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()
    browser.settled(page)


# --- what it says ---


def test_all_days_are_said_with_the_undated_among_them(page):
    assert said(page).startswith("Todos los días: 7–11 jul 2021 · 7 incidentes · 3 registros sin fecha")


def test_chosen_days_are_said_with_what_they_leave_out(page):
    at(page, "from=2021-07-10&to=2021-07-11")
    assert "3 de 7 incidentes · no se muestran: 3 sin fecha o con fecha reservada" in said(page)


def test_a_day_without_a_report_is_no_quiet_day(page):
    page.mouse.move(*day_at(page, 0.1))
    assert "ningún reporte leído" in page.get_attribute(".mp-time-plot", "title")


def test_a_page_without_dates_has_no_time_line(chromium, tmp_path):
    path = browser.write_page(tmp_path, *story.nothing(), story.info())
    view = browser.Opened(chromium, path)
    assert view.page.locator("#mp-time").is_hidden()
    view.close()


def test_a_change_is_announced(page):
    page.focus(START)
    page.keyboard.press("ArrowRight")
    page.locator(".mp-time-live", has_text="de 7 incidentes").wait_for(state="attached")


# --- handles by keyboard ---


@pytest.mark.parametrize(
    ("handle", "keys", "day"),
    [
        (START, ["ArrowRight"], "8 de julio de 2021"),
        (START, ["ArrowUp", "ArrowUp", "ArrowLeft"], "8 de julio de 2021"),
        (START, ["PageUp"], "11 de julio de 2021"),
        (START, ["End", "Home"], "7 de julio de 2021"),
        (END, ["ArrowLeft"], "10 de julio de 2021"),
        (END, ["Home"], "7 de julio de 2021"),
        (END, ["PageDown", "End"], "11 de julio de 2021"),
        (END, ["ArrowRight"], "11 de julio de 2021"),
    ],
)
def test_keys_move_a_handle(page, handle, keys, day):
    page.focus(handle)
    for key in keys:
        page.keyboard.press(key)
    assert value(page, handle) == day


def test_a_handle_stops_at_the_other(page):
    at(page, "from=2021-07-08&to=2021-07-09")
    page.focus(START)
    page.keyboard.press("End")
    assert (value(page, START), value(page, END)) == ("9 de julio de 2021", "9 de julio de 2021")


def test_the_full_ends_filter_nothing(page):
    page.focus(START)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert said(page).startswith("Todos los días")


def test_the_handle_keeps_the_focus(page):
    page.focus(END)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"document.activeElement.matches('{END}')")


def test_all_days_brings_everything_back(page):
    at(page, "from=2021-07-10&to=2021-07-11")
    page.click(".mp-time-all")
    assert said(page).startswith("Todos los días")


# --- pointer ---


def test_a_handle_is_dragged(page):
    box = page.locator(START).bounding_box()
    drag(page, (box["x"] + 20, box["y"] + 20), day_at(page, 0.5))
    assert value(page, START) == "9 de julio de 2021"


def test_a_tap_on_a_bar_chooses_its_day(page):
    page.mouse.click(*day_at(page, 0.5))
    assert said(page).startswith("9 jul 2021 ·")


def test_a_second_tap_brings_all_days_back(page):
    page.mouse.click(*day_at(page, 0.5))
    page.mouse.click(*day_at(page, 0.5))
    assert said(page).startswith("Todos los días")


def test_a_drag_over_bars_chooses_their_days(page):
    drag(page, day_at(page, 0.3), day_at(page, 0.7))
    assert (value(page, START), value(page, END)) == ("8 de julio de 2021", "10 de julio de 2021")


def test_the_window_is_dragged_whole(page):
    at(page, "from=2021-07-08&to=2021-07-09")
    drag(page, day_at(page, 0.4), day_at(page, 0.95))
    assert (value(page, START), value(page, END)) == ("10 de julio de 2021", "11 de julio de 2021")


def test_handles_on_one_day_can_both_be_caught(page):
    at(page, "from=2021-07-09&to=2021-07-09")
    box = page.locator(END).bounding_box()
    drag(page, (box["x"] + 12, box["y"] + 20), day_at(page, 0.9))
    assert (value(page, START), value(page, END)) == ("9 de julio de 2021", "11 de julio de 2021")


def test_dragging_draws_at_most_once_a_frame(page):
    page.evaluate(
        """() => { window.__sets = 0; window.__frames = 0;
        new MutationObserver((made) => { window.__sets += made.length; }).observe(
          document.querySelector('.mp-time-said'), { childList: true });
        const count = () => { window.__frames += 1; requestAnimationFrame(count); }; requestAnimationFrame(count); }"""
    )
    page.evaluate(
        f"""async () => {{
        const plot = document.querySelector('.mp-time-plot');
        plot.setPointerCapture = () => {{}};
        const box = plot.getBoundingClientRect();
        const fire = (kind, x) => document.querySelector('{START}').dispatchEvent(
          new PointerEvent(kind, {{ clientX: x, clientY: box.top + 9, bubbles: true, pointerId: 1, button: 0 }}));
        fire('pointerdown', box.left);
        for (let i = 0; i < 400; i += 1) {{
          fire('pointermove', box.left + (i * 37 % 100) / 100 * box.width);
          if (i % 20 === 0) await new Promise(requestAnimationFrame);
        }}
        fire('pointerup', box.left);
        }}"""
    )
    assert page.evaluate("[window.__sets <= window.__frames + 1, window.__sets > 1]") == [True, True]


# --- play ---


def test_play_steps_day_by_day_and_stops_at_the_end(page):
    page.click(".mp-time-play")
    page.wait_for_selector(".mp-time-play:not(.is-playing)", timeout=20_000)
    assert said(page).startswith("11 jul 2021")


def test_any_action_pauses_play(page):
    page.click(".mp-time-play")
    page.mouse.click(*day_at(page, 0.9))
    assert page.get_attribute(".mp-time-play", "aria-label") == "Reproducir paso a paso"


def test_play_pauses_itself(page):
    page.click(".mp-time-play")
    page.click(".mp-time-play")
    before = said(page)
    page.wait_for_timeout(1200)
    assert said(page) == before


# --- languages, phone, addresses ---


def test_the_time_line_speaks_the_other_language(page):
    page.click("#mp-languages [lang=en]")
    assert (page.get_attribute(START, "aria-valuetext"), said(page)[:9]) == ("July 7, 2021", "All days:")


def test_a_phone_has_handles_to_catch(phone):
    box = phone.locator(START).bounding_box()
    assert min(box["width"], box["height"]) >= 24


def test_on_a_phone_the_time_line_stays_clear_of_the_sheet(phone):
    plot, sheet = (phone.locator(part).bounding_box() for part in (".mp-time-plot", "#mp-side"))
    assert plot["y"] + plot["height"] <= sheet["y"]


@pytest.mark.parametrize(
    "address",
    [
        "types=__proto__",
        "from=2021-02-30&to=9999-99-99",
        "from=0001-01-01&to=9999-12-31",
        "q=%E0%A4%A",
        "at=NaN/1/2",
        "at=99/1e9/-1e9",
        "lang=xx",
        "view=constructor&hidden=__proto__|toString",
        "selected=__proto__:x",
        "outlets=" + "x" * 30_000,
        "precisions=" + "|" * 30_000,
    ],
    ids=lambda address: address[:24],
)
def test_a_hostile_address_leaves_the_page_working(shared, map_file, address):
    shared.page.goto("about:blank")
    shared.complaints.clear()
    shared.page.goto(f"{map_file.as_uri()}#{address}")
    shared.wait()
    started = shared.page.evaluate("document.body.classList.contains('is-ready')")
    assert (started, shared.complaints) == (True, [])

"""The review in a browser: a text of 50,000 beads, from its address to its words, from a key to what is saved.

A Chromium without a window, on this machine, opens a corpus that is made for it (a tenth of the beads doubtful, some of
them split, joined or left out). The first view is there when the words of all rows on the screen are drawn, counted
from the beginning of the navigation; a jump when they are drawn again after the list was scrolled far away; a key is
counted from its press until the answer of the server, which has written the change to the disk, and until the page
shows it.
Wall time counts what other programs did meanwhile. `python -m tests.bench.pages [BEADS]` takes another size.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ._table import Table, render

BEADS = 50_000
OPENED, JUMPS, KEYS = 7, 40, 60
TESTS = Path(__file__).parents[1]
WATCH = """
const fetched = window.fetch;
window.saved = [];
window.seen = [];
let pressed = 0;
addEventListener("keydown", () => { pressed = performance.now(); }, true);
window.fetch = async (path, options) => {
  const answer = await fetched(path, options);
  if (options?.method === "POST") {
    const copy = answer.clone();
    await copy.arrayBuffer();
    window.saved.push(performance.now() - pressed);
    const since = pressed;
    setTimeout(() => requestAnimationFrame(() => {
      document.documentElement.dataset.seen = window.seen.push(performance.now() - since);
    }));
  }
  return answer;
};
new MutationObserver((_, observer) => {
  if (!document.documentElement.hasAttribute("data-ready")) return;
  observer.disconnect();
  const drawn = () => { document.documentElement.dataset.firstView = performance.now(); };
  requestAnimationFrame(() => requestAnimationFrame(drawn));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
"""
JUMP = """async (share) => {
  const scroller = document.querySelector("#scroller"), start = performance.now();
  scroller.scrollTop = share * scroller.scrollHeight;
  const inside = (row) => { const box = row.getBoundingClientRect(); return box.bottom > 140 && box.top < 700; };
  for (;;) {
    await new Promise(requestAnimationFrame);
    const rows = [...document.querySelectorAll(".bead")].filter(inside);
    if (rows.length > 3 && rows.every((row) => !row.querySelector(".blank"))) return performance.now() - start;
  }
}"""


def tables(_: Path, size: int = BEADS) -> Iterator[Table]:
    """Make the corpus, open it, and measure."""
    sys.path[:0] = [str(TESTS)]
    from playwright.sync_api import sync_playwright

    from web import TOKEN, make_long, serving

    named = os.environ.get("BIALIGN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = make_long(Path(folder) / "long.bialign", size)
        browser = playwright.chromium.launch(executable_path=named)
        with serving(path, Path(folder)) as address:
            measured = list(_rows(browser, f"{address}/text/1?token={TOKEN}"))
        browser.close()
    yield Table(f"{size:,} beads, in milliseconds:", measured)


def _rows(browser: Any, address: str) -> Iterator[dict[str, object]]:
    opened = []
    for _ in range(OPENED):
        # a new profile each time: nothing is kept from the last one
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(address)
        page.locator("html[data-first-view]").wait_for()
        opened.append(float(page.locator("html").get_attribute("data-first-view")))
        if len(opened) < OPENED:
            context.close()
    yield _row("first view", opened, 1_000)
    shares = [(number * 0.618_034) % 1 for number in range(JUMPS)]
    yield _row("jump", [page.evaluate(JUMP, share) for share in shares], 150)
    page.keyboard.press("Home")
    for number in range(KEYS):
        page.keyboard.press(("Enter", "x", "d", "m", "z")[number % 5])
        page.locator(f"html[data-seen='{number + 1}']").wait_for()
        page.wait_for_timeout(30)
    yield _row("key to saved", page.evaluate("window.saved"), 80)
    yield _row("key to seen", page.evaluate("window.seen"), None)
    page.context.close()


def _row(name: str, times: Sequence[float], goal: int | None) -> dict[str, object]:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "what": name,
        "times": len(times),
        "median": f"{statistics.median(times):.0f}",
        "p95": f"{cuts[18]:.0f}",
        "goal": f"{goal:,}" if goal else "",
    }


def main(arguments: Iterable[str]) -> None:
    size = next(map(int, arguments), BEADS)
    for table in tables(Path(), size):
        print(table.words, render(list(table.rows)), "", sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

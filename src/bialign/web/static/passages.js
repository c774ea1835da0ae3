// Passages of both texts with what they are shown for marked in them; and the work that takes its time.

import { ask, el, follow, t, timeLeft } from "./frame.js";
import { marked } from "./hitlist.js";

/** Give both sides of a bead, [{ text, cut, marks }, ...], the first marked as found and the second as its counterpart. */
export function sides(pair, langs = []) {
  return el("div", { class: "sides" }, pair.map((side, index) => el("p", { lang: langs[index] || null },
    side.text ? [side.cut ? "… " : "", ...marked(side.text, side.marks.map((mark) => [...mark, index ? "also" : ""]))] : el("span", { class: "nothing" }, t(index ? "left_out" : "added")))));
}

/** Begin a job, show how far it is in a box, and give what comes of it; null where it was stopped. */
export async function working(box, path, body, said) {
  const { job } = await ask(path, body);
  const inner = el("i"), left = el("span", { class: "muted" });
  const meter = el("div", { class: "meter", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": said }, inner);
  box.replaceChildren(el("div", { class: "working" }, el("p", {}, said), meter, el("div", { class: "row" }, el("button", { type: "button", onclick: () => ask(`/api/jobs/${job}/stop`, {}) }, t("cancel")), left)));
  const told = await follow(job, ({ share, left: seconds }) => {
    inner.style.width = `${100 * share}%`;
    meter.setAttribute("aria-valuenow", Math.round(100 * share));
    left.textContent = timeLeft(seconds);
  });
  return told && { ...told, job };
}

/** Let the arrow keys move in a list of items with the class `item`; gives what makes one the current one. */
export function walkable(box, onKey) {
  const items = () => [...box.querySelectorAll(".item")];
  const go = (item, focus = true) => {
    for (const one of items()) one.tabIndex = -1;
    if (!item) return;
    item.tabIndex = 0;
    if (focus) {
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    }
  };
  box.addEventListener("focusin", (event) => { if (event.target.matches(".item")) go(event.target, false); });
  box.addEventListener("keydown", (event) => {
    const item = event.target.closest(".item");
    if (!item || event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items(), by = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (by) go(all[Math.max(0, Math.min(all.length - 1, all.indexOf(item) + by))]);
    else if (event.target !== item && ["Enter", " "].includes(event.key)) return;
    else if (!onKey(event.key.toLowerCase(), item)) return;
    event.preventDefault();
  });
  return { go, next: (item) => { const all = items(); go(all[all.indexOf(item) + 1] ?? item); } };
}

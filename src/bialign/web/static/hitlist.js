// Hits as rows: a line with what was found in its middle and the translation below, or both texts side by side.

import { el, number, percent, t, units } from "./frame.js";
import { STATUSES } from "./statuses.js";

/** Letters that may stand before the counterpart in a line of translation. */
const BEFORE = 70;

/** Give a text with its marks as nodes: [start, stop, class] each, counted in letters. */
export const marked = (text, marks) => placed(text, inUnits(text, marks));
function placed(text, marks) {
  const parts = [];
  let at = 0;
  for (const [start, stop, kind] of [...marks].sort((one, other) => one[0] - other[0])) {
    if (start < at || stop <= start || start >= text.length) continue;
    parts.push(text.slice(at, start), el("mark", { class: kind || null }, text.slice(start, stop)));
    at = stop;
  }
  parts.push(text.slice(at));
  return parts;
}
const inUnits = (text, marks) => marks.map(([start, stop, kind]) => [units(text, start), units(text, stop), kind]);

const other = (hit) => (hit.side === "s" ? "t" : "s");

/** Give what is to be marked on a side of a hit: what was found, what else was asked for, what stands for it there. */
function marksOf(hit, name) {
  const side = hit[name];
  const found = side.marks.map(([start, stop]) => [start, stop, name === hit.side && start + side.cut === hit.span[0] && stop + side.cut === hit.span[1] ? "" : "also"]);
  if (name !== hit.side && hit.rendered && !found.length) {
    const [start, stop] = hit.rendered;
    found.push([start - side.cut, stop - side.cut, "also"]);
  }
  return found;
}

/** Give the full text of a side with its marks. */
function whole(hit, name) {
  const side = hit[name];
  if (!side.text) return el("p", { class: "nothing" }, t(name === "t" ? "left_out" : "added"));
  return el("p", { lang: side.lang || null, class: "text" }, side.cut ? "… " : "", marked(side.text, marksOf(hit, name)));
}

/** Give the translation as one line that begins not far before the counterpart. */
function line(hit) {
  const name = other(hit), side = hit[name], marks = inUnits(side.text, marksOf(hit, name));
  if (!side.text) return el("p", { class: "other nothing" }, t(name === "t" ? "left_out" : "added"));
  const first = Math.min(...marks.map((mark) => mark[0]));
  let from = 0;
  if (first > BEFORE && first < Infinity) from = side.text.indexOf(" ", first - BEFORE + 20) + 1;
  if (from > first) from = 0;
  const shown = marks.map(([start, stop, kind]) => [start - from, stop - from, kind]).filter(([start]) => start >= 0);
  return el("p", { class: "other", lang: side.lang || null }, from ? "… " : "", placed(side.text.slice(from, from + 600), shown));
}

/** Give the line with what was found in its middle; the words it is sorted by are marked. */
function kwic(hit, sort) {
  const near = (text, letter) => {
    const wanted = sort.filter((part) => part.endsWith(letter)).map((part) => Number(part[0]));
    if (!wanted.length) return [text];
    const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
    if (letter === "L") words.reverse();
    return placed(text, wanted.map((place) => words[place - 1]).filter(Boolean).map((word) => [word.index, word.index + word[0].length, "key"]));
  };
  return el("p", { class: "kwic", lang: hit[hit.side].lang || null },
    el("span", { class: "l" }, el("span", {}, near(hit.left, "L"))),
    el("span", { class: "r" }, el("mark", {}, hit.node), near(hit.right, "R")));
}

/** Say a hit for those who hear the page. */
function spoken(hit) {
  const side = hit[hit.side];
  return `${number(hit.n + 1)}: ${side.text.slice(0, 300)} – ${hit[other(hit)].text.slice(0, 300)}`;
}

/** Fill the row of a hit; `view` tells { layout, sort, current, goal }. */
export function drawHit(row, hit, view) {
  const current = view.current === hit;
  row.className = `hit as-${view.layout}${current ? " current" : ""}`;
  row.tabIndex = current ? 0 : -1;
  row.setAttribute("aria-label", spoken(hit));
  if (current) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
  const open = el("a", { class: "num", href: view.goal(hit), tabindex: "-1", "aria-label": t("co_open_bead", { number: hit.n + 1 }), title: t("co_open") }, number(hit.n + 1));
  const both = view.layout === "both" || current;
  const body = both
    ? [el("div", { class: "sides" }, ["s", "t"].map((name) => el("div", { class: `${name}${name === hit.side ? " here" : ""}` }, whole(hit, name), place(hit[name]))))]
    : [line(hit)];
  row.replaceChildren(open, el("div", { class: "body" }, view.layout === "kwic" ? kwic(hit, view.sort) : "", body, current ? actions(hit, view) : ""));
}

function place(side) {
  if (!side.text) return "";
  return el("p", { class: "place" }, el("cite", {}, side.title), side.place ? `, ${side.place}` : "");
}

function actions(hit, view) {
  const facts = [hit.type.replace("-", "–"), percent(hit.p), hit.status ? t(`status_${STATUSES[hit.status]}`) : ""].filter(Boolean).join(" · ");
  const button = (name, label, key) => el("button", { type: "button", "data-act": name }, t(label), el("kbd", { "aria-hidden": "true" }, key));
  return el("div", { class: "acts" },
    el("a", { class: "button", href: view.goal(hit) }, t("co_open"), el("kbd", { "aria-hidden": "true" }, "⏎")),
    button("cite", "co_copy_cite", "c"), button("both", "co_copy_both", "b"), el("span", { class: "facts" }, facts));
}

/** Give both texts of a hit with where they stand, as one pastes them into a paper. */
export function quoted(hit) {
  const said = (side) => (side.text ? `${side.text}\n(${side.title}${side.place ? `, ${side.place}` : ""} [${hit.bead}])` : "");
  return [hit.s, hit.t].map(said).filter(Boolean).join("\n\n");
}

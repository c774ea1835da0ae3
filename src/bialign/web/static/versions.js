// Several versions of one text side by side: translations that share their source, how much they differ, and where.

import { alarm, ask, calm, el, has, lang, number, onSpeak, percent, t } from "./frame.js";

const $ = (selector) => document.querySelector(selector);
const FILES = ["html", "xlsx", "tsv"];
const TAGS = { other: "mark", removed: "del", added: "ins" };
const look = new URL(location.href).searchParams;
let bases = [], told = null, base = Number(look.get("base")) || 0, order = look.get("order") === "different" ? "different" : "all";

function language(code) {
  const known = `lang_${code.slice(0, 2)}`;
  return has(known) ? t(known) : code || "?";
}
/** Write a figure with two places at most, as the language has it; a dash for what does not apply. */
function figure(value) {
  if (value === null) return "–";
  if (Number.isInteger(value)) return number(value);
  const text = value.toFixed(2);
  return lang === "es" ? text.replace(".", ",") : text;
}

async function start() {
  try {
    ({ bases } = await ask("/api/versions"));
  } catch (error) {
    nothing(error.kind === "refused" ? t("no_corpus") : error.message);
    return;
  }
  if (!bases.length) return nothing(t("versions_none"));
  if (!bases.some((one) => one.id === base)) base = bases[0].id;
  await load();
}
function nothing(text) {
  document.title = `${t("nav_versions")} – bialign`;
  $("#nothing-text").textContent = text;
  $("#nothing").hidden = false;
  $("#found").hidden = true;
}

async function load() {
  calm();
  try {
    told = await ask(`/api/versions/${base}?order=${order}`);
  } catch (error) {
    alarm(error.message);
    return;
  }
  show();
}

function show() {
  document.title = `${told.title} – ${t("nav_versions")} – bialign`;
  $("#nothing").hidden = true;
  $("#found").hidden = false;
  history.replaceState(null, "", `?base=${base}&order=${order}`);
  $("#base").replaceChildren(...bases.map((one) => el("option", { value: one.id, selected: one.id === base }, `${one.title} (${language(one.lang)}, ${one.texts.length})`)));
  for (const button of document.querySelectorAll("[data-order]")) button.setAttribute("aria-pressed", String(button.dataset.order === order));
  $("#files").replaceChildren(...FILES.map((format) => el("a", { class: "button", href: `/api/versions/${base}/export/${format}`, download: "", "aria-label": t("versions_file", { format }) }, format.toUpperCase())));
  $("#sums").replaceChildren(
    el("thead", {}, el("tr", {}, el("td"), told.measures.map((one) => el("th", { scope: "col" }, one.name)))),
    el("tbody", {}, told.pairs.map((pair) => el("tr", {}, el("th", { scope: "row" }, pair.names.join(" – ")), pair.values.map((value) => el("td", {}, figure(value)))))));
  $("#meaning").replaceChildren(...told.measures.flatMap((one) => [el("dt", {}, one.name), el("dd", {}, one.meaning)]));
  $("#rows").replaceChildren(
    el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "m" }, t("versions_row")), told.versions.map((one) => el("th", { scope: "col", lang: one.lang || null }, one.name)))),
    el("tbody", {}, told.rows.map(row)));
  // changes are marked only in versions that have the language of the base
  const [own, ...others] = told.versions.map((one) => one.lang.slice(0, 2));
  $("#revised").hidden = !others.includes(own);
  more();
}

function row(one) {
  const about = [el("b", {}, number(one.number)), ` ${one.type} · ${percent(one.p)}`, one.distance === null ? "" : [el("br"), t("versions_words", { share: figure(one.distance) })]];
  const cells = one.cells.map((parts, at) => {
    const { name, lang: code } = told.versions[at];
    if (!parts.length) return el("td", { "data-name": name }, el("span", { class: "none" }, one.moved[at] ? t("versions_moved", { row: one.moved[at] }) : t("versions_nothing")));
    return el("td", { "data-name": name, lang: code || null }, parts.map(([mark, text]) => (TAGS[mark] ? marked(TAGS[mark], text) : text)));
  });
  return el("tr", {}, el("th", { scope: "row", class: "m" }, about), cells);
}
/** Mark a piece of text; a space before it stays outside. */
const marked = (tag, text) => (text.startsWith(" ") ? [" ", el(tag, {}, text.slice(1))] : el(tag, {}, text));

function more() {
  $("#more").hidden = order !== "all" || told.rows.length >= told.count;
}
$("#more").addEventListener("click", async () => {
  try {
    const next = await ask(`/api/versions/${base}?order=all&start=${told.rows.length}`);
    const first = told.rows.length;
    told.rows.push(...next.rows);
    $("#rows tbody").append(...next.rows.map(row));
    more();
    const shown = $("#rows tbody").children[first];
    shown?.setAttribute("tabindex", "-1");
    shown?.focus({ preventScroll: true });
  } catch (error) {
    alarm(error.message);
  }
});
$("#base").addEventListener("change", () => { base = Number($("#base").value); load(); });
for (const button of document.querySelectorAll("[data-order]")) button.addEventListener("click", () => { order = button.dataset.order; load(); });
// the meanings of the measures come in the language of the page
onSpeak(() => (told ? load() : start()));
await start();
document.documentElement.dataset.ready = "";

// The concordance: what is typed is searched for at once, and the address keeps all of it.

import { Refused, ask, calm, count, el, keepPlace, number, onSpeak, stored, t, alarm } from "./frame.js";
import { copy, download } from "./copying.js";
import { shut } from "./exports.js";
import { drawDocuments, drawRenderings } from "./groups.js";
import { drawHit, quoted } from "./hitlist.js";
import { asked, fillForm, put, read, show, turn, widen } from "./lookfor.js";

const $ = (selector) => document.querySelector(selector);
const PAGE = 50;
/** Milliseconds after the last letter until a search begins. */
const PAUSE = 160;
const VIEWS = ["hits", "renderings", "documents"];
const FORMATS = ["tsv", "jsonl", "xlsx", "html", "tmx", "docx"];
const narrow = matchMedia("(max-width: 44rem)");

let look = new URLSearchParams(location.search);
let scope = { langs: [], names: [] };
let hits = [], more = false, counted = null;
/** What the list is drawn by. */
const view = { layout: "kwic", sort: [], current: null, goal: (hit) => `/text/${hit.text}?from=concordance#${hit.bead}` };
const rows = new Map();
/** The name of this window: the server ends a search of it when another one comes. */
const me = Math.random().toString(36).slice(2);
let turnNumber = 0;

const viewName = () => (VIEWS.includes(look.get("view")) ? look.get("view") : "hits");

// --- the address ---

function remember(push = false) {
  const text = look.toString(), address = text ? `?${text}` : location.pathname;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  keepPlace();
  document.title = `${look.get("q") ? `${look.get("q")} – ` : ""}${t("nav_concordance")} – bialign`;
}
addEventListener("popstate", () => {
  look = new URLSearchParams(location.search);
  show(look);
  search();
});

// --- searching ---

let timer = 0;
function later() {
  clearTimeout(timer);
  timer = setTimeout(typed, PAUSE);
}
function typed() {
  clearTimeout(timer);
  const before = look.toString();
  read(look);
  if (look.toString() === before) return;
  look.delete("at");
  remember();
  show(look);
  search();
}
/** Search anew after something else than typing; `push` keeps what was before in the browser's history. */
function changed(push = true) {
  clearTimeout(timer);
  read(look);
  look.delete("at");
  remember(push);
  show(look);
  search();
}

/** Ask the server, unless something else has been asked for meanwhile: null then. */
async function fetched(path, more = {}) {
  const turnHere = turnNumber;
  try {
    const told = await ask(`/api/concordance${path}?${asked(look, { w: me, ...more })}`);
    return turnHere === turnNumber ? told : null;
  } catch (error) {
    if (turnHere !== turnNumber) return null;
    throw error;
  }
}

async function search() {
  turnNumber++;
  const turnHere = turnNumber;
  buttons();
  if (!look.get("q")) {
    blank();
    return;
  }
  document.documentElement.dataset.busy = "";
  try {
    if (viewName() === "hits") await searchHits();
    else await searchGroups();
    if (turnHere === turnNumber) $("#wrong").textContent = "";
  } catch (error) {
    if (turnHere !== turnNumber) return;
    if (!(error instanceof Refused)) throw error;
    $("#wrong").textContent = error.message;
    $("#told").textContent = "";
    document.documentElement.dataset.stale = "";
  } finally {
    if (turnHere === turnNumber) {
      delete document.documentElement.dataset.busy;
      // tests and people who script the page wait for this
      document.documentElement.dataset.answered = look.toString();
    }
  }
}
function blank() {
  hits = [];
  view.current = null;
  $("#results").hidden = true;
  $("#hints").hidden = false;
  $("#wrong").textContent = $("#told").textContent = "";
  delete document.documentElement.dataset.busy;
  document.documentElement.dataset.answered = "";
}

async function searchHits() {
  // where the reader was: as many hits are there again
  const at = Number(look.get("at") ?? 0), limit = Math.min(200, Math.max(PAGE, at + 20));
  const told = await fetched("", { limit, offset: 0 });
  if (!told) return;
  counted = null;
  view.sort = (look.get("sort") ?? "").split(",").filter((part) => /^[1-9][LR]$/.test(part));
  ({ hits, more } = told);
  view.current = null;
  rows.clear();
  const list = el("div", { class: "list", role: "feed", "aria-label": t("co_hits") });
  $("#shown").replaceChildren(list);
  append(hits);
  settle(hits.length === 0);
  while (arrived && hits.length <= at && more && hits.length < 4000) if (!await next(200)) return;
  if (look.has("at")) select(hits[at], { focus: arrived });
  arrived = false;
  tell();
  rendered(hits);
  if (!more) counted = { hits: hits.length, whole: true };
  const counts = await fetched("/counts").catch(() => null);
  if (!counts) return;
  counted = counts;
  tell();
}
async function searchGroups() {
  $("#told").textContent = t("co_looking");
  const told = await fetched(`/${viewName()}`);
  if (!told) return;
  hits = [];
  view.current = null;
  const renderings = viewName() === "renderings";
  if (renderings) drawRenderings($("#shown"), told, (group) => only("with", group.lemma.includes(" ") ? `"${group.lemma.split(" ").map((word) => `lemma:${word}`).join(" ")}"` : `lemma:${group.lemma}`));
  else drawDocuments($("#shown"), told, (part) => only("in", part.name));
  settle((renderings ? told.hits : told.parts.reduce((sum, part) => sum + part.hits, 0)) === 0);
  $("#told").textContent = renderings ? count("co_renderings_of", told.all, { hits: told.hits }) : count("co_documents_of", told.parts.filter((part) => part.hits).length, { all: told.all });
}
/** Show the hits that have something in common. */
function only(name, value) {
  put(look, "view", "");
  $(`#${name}`).value = value;
  changed();
}

function settle(nothing) {
  delete document.documentElement.dataset.stale;
  $("#hints").hidden = true;
  $("#results").hidden = false;
  $("#found").hidden = nothing;
  $("#none").hidden = !nothing;
  const narrowed = ["with", "without", "in", "status", "type", "min", "max", "only", "lang", "side", "case", "accents"].some((name) => look.has(name));
  if (nothing) $("#none").textContent = t(narrowed ? "co_none_narrowed" : "co_none");
  $("#more").hidden = nothing || viewName() !== "hits" || !more;
}

function tell() {
  const shown = hits.length;
  if (!shown) $("#told").textContent = t("co_no_hits");
  else if (look.get("sample")) $("#told").textContent = count("co_sampled", shown);
  else if (counted?.whole) $("#told").textContent = counted.beads === undefined ? count("co_counted", counted.hits) : `${count("co_counted", counted.hits)} ${count("co_of_beads", counted.beads)}`;
  else $("#told").textContent = t(counted ? "co_more_than" : "co_first", { count: Math.max(counted?.hits ?? 0, shown) });
}

function append(some) {
  const list = $("#shown .list");
  for (const hit of some) {
    const row = el("article", { "data-n": hit.n, "aria-posinset": hit.n + 1, "aria-setsize": "-1" });
    rows.set(hit, row);
    drawHit(row, hit, view);
    list.append(row);
  }
  if (!view.current && hits.length) rows.get(hits[0]).tabIndex = 0;
}
let loading = false;
/** Fetch more hits; tells whether some came. */
async function next(limit = PAGE) {
  if (loading || !more || viewName() !== "hits") return false;
  loading = true;
  try {
    const told = await fetched("", { offset: hits.length, limit });
    if (!told) return false;
    hits = [...hits, ...told.hits];
    more = told.more;
    append(told.hits);
    $("#more").hidden = !more;
    if (!counted) tell();
    rendered(told.hits);
    return true;
  } catch (error) {
    alarm(error.message);
    return false;
  } finally {
    loading = false;
  }
}
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) next(); }, { root: $("#found"), rootMargin: "600px" }).observe($("#more"));
$("#more-button").addEventListener("click", () => next());

/** Mark what stands for the hits in their translations; it comes a little later than the hits. */
async function rendered(some) {
  const wanted = some.filter((hit) => hit.rendered === undefined && hit.s.text && hit.t.text && hit.s.marks && !hit[hit.side === "s" ? "t" : "s"].marks.length);
  if (!wanted.length) return;
  const places = wanted.map((hit) => [hit.bead, hit.side === "s" ? "source" : "target", ...hit.span]);
  const told = await ask("/api/concordance/rendered", places).catch(() => null);
  if (!told) return;
  wanted.forEach((hit, index) => {
    hit.rendered = told[index];
    const row = rows.get(hit);
    if (row && told[index]) redraw(hit);
  });
}
function redraw(hit) {
  const row = rows.get(hit), focused = row.contains(document.activeElement);
  drawHit(row, hit, view);
  if (focused) row.focus({ preventScroll: true });
}

// --- the reader ---

/** True until the page has shown where its reader was, after coming back to it. */
let arrived = true;
/** Addresses may not be changed as often as a key repeats. */
let resting = 0;

function select(hit, { focus = true, scroll = true } = {}) {
  if (!hit) return;
  const before = view.current;
  view.current = hit;
  if (before && rows.has(before)) redraw(before);
  else if (hits[0] !== hit) rows.get(hits[0]).tabIndex = -1;
  redraw(hit);
  look.set("at", hit.n);
  clearTimeout(resting);
  resting = setTimeout(remember, 250);
  const row = rows.get(hit);
  if (focus) row.focus({ preventScroll: true });
  if (scroll) row.scrollIntoView({ block: "nearest" });
  if (hits.indexOf(hit) > hits.length - 10) next();
}
function step(by) {
  const at = view.current ? hits.indexOf(view.current) + by : 0;
  if (at < 0) $("#q").focus();
  else select(hits[Math.min(at, hits.length - 1)]);
}
/** Let the address name a hit before its bead is opened: one comes back to it. */
function leaveAt(hit) {
  look.set("at", hit.n);
  clearTimeout(resting);
  remember();
}
const DOES = {
  cite: (hit) => copy(hit.cite, t("co_copied", { text: hit.cite })),
  both: (hit) => copy(quoted(hit), t("co_copied_both")),
  open: (hit) => { leaveAt(hit); location.href = view.goal(hit); },
};

$("#found").addEventListener("click", (event) => {
  const row = event.target.closest(".hit");
  if (!row) return;
  const hit = hits[Number(row.dataset.n)];
  if (event.target.closest("a")) {
    leaveAt(hit);
    return;
  }
  const act = event.target.closest("[data-act]");
  if (act) DOES[act.dataset.act](hit);
  else if (getSelection().isCollapsed && hit !== view.current) select(hit, { scroll: false });
});
$("#found").addEventListener("focusin", (event) => {
  const row = event.target.closest(".hit"), hit = row && hits[Number(row.dataset.n)];
  if (hit && event.target === row && hit !== view.current) select(hit, { focus: false });
});

function setSort(value) {
  put(look, "sort", value);
  changed();
}
function setView(name) {
  put(look, "view", name === "hits" ? "" : name);
  changed();
}
function setLayout(name, keep = true) {
  view.layout = name;
  if (keep) stored.set("concordance-layout", name);
  for (const hit of hits) redraw(hit);
  buttons();
}
function buttons() {
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === viewName()));
  for (const node of document.querySelectorAll(".for-hits")) node.hidden = viewName() !== "hits";
  $("#layout").textContent = t(view.layout === "kwic" ? "co_both" : "co_lines");
  $("#export").hidden = viewName() === "documents";
}

$("#form").addEventListener("submit", (event) => { event.preventDefault(); typed(); });
$("#form").addEventListener("input", (event) => { if (event.target.matches("input")) later(); });
$("#where").addEventListener("change", () => changed());
$("#form").addEventListener("click", (event) => {
  const button = event.target.closest("[data-flag], [data-set], [data-only]");
  if (!button) return;
  turn(look, button);
  changed(false);
});
$("#sort").addEventListener("change", (event) => setSort(event.target.value));
$("#layout").addEventListener("click", () => setLayout(view.layout === "kwic" ? "both" : "kwic"));
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));
$("#narrow").addEventListener("click", () => open($("#filters").hidden));
function open(wanted) {
  $("#filters").hidden = !wanted;
  $("#narrow").setAttribute("aria-expanded", String(wanted));
}
$("#again").addEventListener("click", () => { look.set("seed", Number(look.get("seed") ?? 0) + 1); changed(); });
$("#clear").addEventListener("click", () => {
  widen(look);
  show(look);
  changed();
  $("#narrow").focus();
});

// --- files ---

function fillExports() {
  $("#exports").replaceChildren(...FORMATS.map((format) => el("button", { type: "button", class: "plain", onclick: () => {
    shut();
    download(`/api/concordance/export/${format}?${asked(look, { view: viewName() })}`);
  } }, t(`co_format_${format}`))));
}

// --- keys ---

const KEYS = [["/", "find"], ["↓ ↑", "move"], ["⏎", "open"], ["c", "cite"], ["b", "both"], ["l", "left"], ["r", "right"], ["o", "order"], ["g", "group"], ["v", "layout"], ["?", "help"]];
function help() {
  const box = $("#dialog");
  const close = el("button", { type: "button", class: "primary", onclick: () => box.close() }, t("close"));
  box.replaceChildren(el("h2", { id: "help-title" }, t("help_title")), el("dl", { class: "keys" }, KEYS.map(([key, name]) => el("div", {}, el("dt", {}, key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, t(`co_key_${name}`))))), el("h3", {}, t("co_hints")), el("ul", { class: "help-hints" }, hints()), el("p", { class: "row" }, close));
  box.setAttribute("aria-labelledby", "help-title");
  box.showModal();
}
$("#keys").addEventListener("click", help);
const LETTERS = {
  c: () => view.current && DOES.cite(view.current), b: () => view.current && DOES.both(view.current),
  l: () => setSort("1L,2L,3L"), r: () => setSort("1R,2R,3R"), o: () => setSort(""),
  g: () => setView(viewName() === "renderings" ? "hits" : "renderings"), v: () => setLayout(view.layout === "kwic" ? "both" : "kwic"),
  "/": () => { $("#q").focus(); $("#q").select(); }, "?": help,
};
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || $("#dialog").open) return;
  const target = event.target, typing = target.matches("input, select, textarea");
  if (event.key === "Escape") {
    if (shut()) $("#export").focus();
    else if (typing) return;
    else { $("#q").focus(); $("#q").select(); }
    calm();
    event.preventDefault();
    return;
  }
  if (target.closest("#exports") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    const all = [...$("#exports").children], at = all.indexOf(target);
    all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length].focus();
    event.preventDefault();
    return;
  }
  const arrow = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
  if (arrow && viewName() === "hits" && hits.length && (!typing || (target.type === "search" && arrow === 1)) && !target.matches("select")) {
    event.preventDefault();
    step(arrow);
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && view.current && target === rows.get(view.current)) {
    event.preventDefault();
    DOES.open(view.current);
    return;
  }
  const act = LETTERS[event.key.toLowerCase()];
  if (!act || (stored.get("single-keys") === "off" && event.key !== "?")) return;
  event.preventDefault();
  act();
});

// --- words ---

const HINTS = ["word", "phrase", "wild", "lemma", "pattern", "with", "without"];
const SAMPLES = { word: { q: "peace" }, phrase: { q: '"human rights"' }, wild: { q: "liber*" }, lemma: { q: "lemma:decir" }, pattern: { q: "/(des)?arm\\w+/" }, with: { q: "say", with: "lemma:decir" }, without: { q: "say", without: "lemma:decir" } };
function hints() {
  return HINTS.map((name) => {
    const sample = SAMPLES[name];
    const written = [sample.q, sample.with && `${t("co_with")}: ${sample.with}`, sample.without && `${t("co_without")}: ${sample.without}`].filter(Boolean).join(" · ");
    return el("li", {}, el("button", { type: "button", class: "link", onclick: () => {
      if ($("#dialog").open) $("#dialog").close();
      look = new URLSearchParams(sample);
      show(look);
      changed();
      $("#q").focus();
    } }, el("code", {}, written)), el("span", {}, t(`co_hint_${name}`)));
  });
}
function words() {
  fillForm(scope, look);
  fillExports();
  $("#hints-list").replaceChildren(...hints());
  buttons();
}
onSpeak(() => { words(); remember(); if (look.get("q")) search(); });

setLayout(stored.get("concordance-layout") ?? (narrow.matches ? "both" : "kwic"), false);
try {
  scope = await ask("/api/concordance/scope");
  words();
  remember();
  if (new URLSearchParams(look).keys().some((name) => ["in", "status", "type", "min", "max", "only", "sample"].includes(name))) open(true);
  if (!look.has("at")) $("#q").focus();
  await search();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  words();
  $("#results").hidden = $("#none").hidden = false;
  $("#results .bar").hidden = $("#found").hidden = true;
  $("#none").replaceChildren(error.message, " ", el("a", { href: "/" }, t("missing_home")));
  $("#form").hidden = $("#hints").hidden = true;
}
document.documentElement.dataset.ready = "yes";

// The glossary: entries to look through and edit, the check of the texts by it, and candidates for it.

import { Refused, alarm, ask, calm, count, el, has, keepPlace, onSpeak, stored, t, toast } from "./frame.js";
import { Candidates } from "./candidates.js";
import { download } from "./copying.js";
import { Entry } from "./entry.js";
import { shut } from "./exports.js";
import { Findings } from "./findings.js";

const $ = (selector) => document.querySelector(selector);
const VIEWS = ["entries", "check", "candidates"];
const FORMATS = ["yaml", "tbx", "tbx2", "omegat", "csv", "tsv", "xlsx"];
const PAGE = 100, PAUSE = 160;
const MINE = ["glossary", "concept", "accept", "reject", "ignore", "unignore"];

let look = new URLSearchParams(location.search);
let told = { exists: false, languages: [], subjects: [], rows: [], all: 0, count: 0, last: 0, readOnly: false };
let turn = 0;

const entry = new Entry($("#right"), {
  told, open: (id) => open(id),
  saved: async (id) => { await list(); await open(id, { force: true, focus: false }); },
  gone: async (name) => { put("id", ""); await list(); entry.show(null); show(); toast(t("gl_deleted", { name }), [t("undo"), () => stepBack("undo")]); },
});
const say = (text) => { $("#told").textContent = text; };
const findings = new Findings($("#check"), { open: (id) => { setView("entries"); open(id); }, say, langs: () => told.languages });
const candidates = new Candidates($("#candidates"), { changed: () => list(), say });

const viewName = () => (VIEWS.includes(look.get("view")) ? look.get("view") : "entries");
function put(name, value) {
  if (value) look.set(name, value);
  else look.delete(name);
}
function remember(push = false) {
  const text = look.toString(), address = text ? `?${text}` : location.pathname;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  keepPlace();
  document.title = `${t("nav_glossary")} – bialign`;
}
addEventListener("popstate", async () => {
  if (!await leave()) { remember(true); return; }
  look = new URLSearchParams(location.search);
  await list();
  await open(look.get("id") ?? "", { force: true, push: false });
  show();
});

// --- the list ---

async function list(more = false) {
  const here = ++turn;
  const offset = more ? told.rows.length : 0;
  const wanted = new URLSearchParams({ limit: PAGE, offset });
  for (const name of ["q", "subject", "order"]) if (look.get(name)) wanted.set(name, look.get(name));
  const fresh = await ask(`/api/glossary?${wanted}`);
  if (here !== turn) return;
  Object.assign(told, fresh, { rows: more ? [...told.rows, ...fresh.rows] : fresh.rows });
  fill();
  draw(more ? offset : 0);
}
function fill() {
  const select = (node, options, value) => node.replaceChildren(...options.map(([name, label]) => el("option", { value: name, selected: name === value }, label)));
  select($("#subject"), [["", t("gl_any_subject")], ...told.subjects.map(([name, many]) => [name, `${name} (${many})`])], look.get("subject") ?? "");
  select($("#order"), [["", t("gl_order_own")], ...told.languages.map((lang) => [lang, t("gl_order_by", { lang: has(`lang_${lang}`) ? t(`lang_${lang}`) : lang })])], look.get("order") ?? "");
  if ($("#q").value.trim() !== (look.get("q") ?? "")) $("#q").value = look.get("q") ?? "";
}
function draw(from = 0) {
  const rows = told.rows.slice(from).map((row) => {
    const names = told.languages.map((lang) => {
      const mine = row.terms.filter((term) => term.lang === lang);
      return el("span", { lang, class: "names" }, mine.map((term, index) => [index ? " · " : "", el("span", { class: term.status }, term.text)]));
    });
    return el("li", {}, el("button", { type: "button", class: "row-of", "data-id": row.id, onclick: () => open(row.id) }, names, row.subject ? el("small", {}, row.subject) : ""));
  });
  if (from) $("#list").append(...rows);
  else $("#list").replaceChildren(...(rows.length ? rows : [el("li", { class: "none" }, t(told.all ? "gl_none" : "gl_empty"))]));
  $("#more").hidden = told.rows.length >= told.count;
  current();
  if (viewName() === "entries") say(told.count === told.all ? count("gl_count", told.all) : t("gl_count_of", { count: told.count, all: told.all }));
}
function current() {
  const id = look.get("id") ?? "";
  for (const button of $("#list").querySelectorAll(".row-of")) {
    if (button.dataset.id === id) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  $("#entries").classList.toggle("opened", Boolean(entry.concept));
}
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && told.rows.length < told.count) list(true); }, { root: $("#rows"), rootMargin: "400px" }).observe($("#more"));
$("#more-button").addEventListener("click", () => list(true));

// --- one entry ---

/** Ask what is to become of changes that are not saved; tells whether one may go on. */
async function leave() {
  if (!entry.dirty) return true;
  const choice = await new Promise((resolve) => {
    let given = "stay";
    const button = (name, style) => el("button", { type: "button", class: style, onclick: () => { given = name; $("#dialog").close(); } }, t(`gl_leave_${name}`));
    $("#dialog").replaceChildren(el("h2", { id: "dialog-title" }, t("gl_leave_title")), el("p", {}, t("gl_leave")), el("div", { class: "row" }, button("save", "primary"), button("drop", ""), button("stay", "")));
    $("#dialog").setAttribute("aria-labelledby", "dialog-title");
    $("#dialog").addEventListener("close", () => resolve(given), { once: true });
    $("#dialog").showModal();
  });
  return choice === "drop" || (choice === "save" && await entry.save());
}
async function open(id, { force = false, focus = true, push = true } = {}) {
  if (!force && !await leave()) return;
  try {
    const { concept, last } = id ? await ask(`/api/glossary/entry?id=${encodeURIComponent(id)}`) : { concept: null, last: told.last };
    entry.show(concept, last);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    alarm(error.message);
    entry.show(null);
    id = "";
  }
  const other = (look.get("id") ?? "") !== id;
  put("id", id);
  remember(other && push);
  current();
  if (focus) ($("#right").querySelector("h2, button") ?? $("#right")).scrollIntoView?.({ block: "nearest" });
  if (focus && id) $("#right").focus({ preventScroll: true });
}
$("#new").addEventListener("click", async () => {
  if (!await leave()) return;
  put("id", "");
  entry.fresh(told.languages, told.last);
  current();
});
addEventListener("beforeunload", (event) => { if (entry.dirty) event.preventDefault(); });

// --- views ---

function setView(name) {
  put("view", name === "entries" ? "" : name);
  remember(true);
  show();
}
function show() {
  const name = viewName();
  for (const one of VIEWS) $(`#${one}`).hidden = one !== name;
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  $("#notice").hidden = !told.readOnly;
  $("#notice").textContent = t("read_only");
  for (const id of ["#new", "#import", "#undo", "#redo"]) $(id).disabled = told.readOnly;
  if (name === "entries") draw();
  const work = { check: findings, candidates }[name];
  if (!work || work.busy) return;
  if (!work.found && told.all && name === "check") work.run();
  else work.draw();
}
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => setView(button.dataset.view));

let timer = 0;
$("#q").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => { put("q", $("#q").value.trim()); remember(); list().catch((error) => alarm(error.message)); }, PAUSE);
});
$("#finder").addEventListener("submit", (event) => { event.preventDefault(); $("#list button")?.focus(); });
for (const name of ["subject", "order"]) $(`#${name}`).addEventListener("change", (event) => { put(name, event.target.value); remember(); list(); });

// --- back and forth ---

async function stepBack(what) {
  calm();
  if (!await leave()) return;
  try {
    const done = await ask("/api/glossary/step", { do: what });
    toast(t(what === "undo" ? "event_undo" : "event_redo", { change: words({ what: done.what, name: done.name }) }));
    await list();
    const id = done.name || look.get("id") || "";
    const here = id && told.all && (await ask(`/api/glossary/entry?id=${encodeURIComponent(id)}`).catch(() => null));
    await open(here ? id : "", { force: true, focus: false });
    if (viewName() === "check" && findings.found) findings.run();
    if (viewName() === "candidates" && candidates.found) candidates.run();
  } catch (error) {
    alarm(error.message);
  }
}
$("#undo").addEventListener("click", () => stepBack("undo"));
$("#redo").addEventListener("click", () => stepBack("redo"));
const words = (event) => t(`event_${event.what}`, { concept: event.name });
$("#history").addEventListener("click", async () => {
  const events = (await ask("/api/history?limit=500").catch((error) => { alarm(error.message); return []; })).filter((one) => MINE.includes(one.of || one.what));
  const lines = events.slice(0, 200).map((one) => {
    const change = words({ what: one.of || one.what, name: one.concept ?? "" });
    const said = one.of ? t(one.what === "undo" ? "event_undo" : "event_redo", { change }) : change;
    return el("li", {}, el("small", {}, `${one.at} · ${one.who}`), el("p", {}, one.undone ? el("s", {}, said) : said));
  });
  dialog(t("history"), lines.length ? el("ol", { class: "history" }, lines) : el("p", { class: "muted" }, t("history_empty")));
});
function dialog(title, ...content) {
  const close = el("button", { type: "button", onclick: () => $("#dialog").close() }, t("close"));
  $("#dialog").replaceChildren(el("h2", { id: "dialog-title" }, title), ...content, el("p", { class: "row" }, close));
  $("#dialog").setAttribute("aria-labelledby", "dialog-title");
  if (!$("#dialog").open) $("#dialog").showModal();
}

// --- files ---

$("#import").addEventListener("click", () => $("#file").click());
$("#file").addEventListener("change", async () => {
  const [file] = $("#file").files;
  $("#file").value = "";
  if (!file || !await leave()) return;
  const send = (mode) => {
    const form = new FormData();
    form.append("file", file);
    form.append("mode", mode);
    form.append("seen", told.last);
    return ask("/api/glossary/import", form);
  };
  calm();
  try {
    const found = await send("look");
    const take = (mode) => el("button", { type: "button", class: mode === "add" || !told.all ? "primary" : "", onclick: async () => {
      $("#dialog").close();
      try {
        await send(mode);
        await list();
        await open("", { force: true, focus: false });
        show();
        toast(count("gl_imported", found.concepts), [t("undo"), () => stepBack("undo")]);
      } catch (error) {
        alarm(error.message);
      }
    } }, t(`gl_import_${mode}`));
    dialog(t("gl_import_title", { name: file.name }),
      el("p", {}, `${count("gl_concepts", found.concepts)}, ${count("gl_terms", found.terms)} (${found.languages.join(", ")})`),
      told.all ? el("p", {}, t("gl_import_what", { fresh: found.fresh, changed: found.changed, gone: found.gone })) : "",
      found.remarks.length ? el("ul", { class: "remarks" }, found.remarks.map((one) => el("li", {}, one))) : "",
      el("div", { class: "row" }, told.all ? [take("add"), take("replace")] : take("replace")));
  } catch (error) {
    alarm(error.message);
  }
});
async function keep(format) {
  shut();
  const left = await download(`/api/glossary/export/${format}`);
  if (left?.length) dialog(t("gl_left_out"), el("ul", { class: "remarks" }, left.map((one) => el("li", {}, one))));
}

// --- keys ---

const KEYS = { entries: [["/", "find"], ["n", "new"], ["↓ ↑", "move"], ["Ctrl S", "save"]], check: [["↓ ↑", "move"], ["i", "ignore"], ["⏎", "open"], ["g", "entry"]], candidates: [["↓ ↑", "move"], ["a", "accept"], ["x", "reject"], ["e", "edit"], ["v", "evidence"]] };
function help() {
  dialog(t("help_title"), VIEWS.map((view) => [el("h3", {}, t(`gl_${view}`)), el("dl", { class: "keys" }, KEYS[view].map(([key, name]) => el("div", {}, el("dt", {}, key.split(" ").map((one) => el("kbd", {}, one))), el("dd", {}, t(`gl_key_${name}`)))))]).flat());
}
$("#keys").addEventListener("click", help);
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || $("#dialog").open) return;
  const target = event.target, typing = target.matches("input, select, textarea");
  if (event.key === "Escape" && shut()) { $("#export").focus(); return; }
  const menu = target.closest("#exports") ? "#exports button" : target.closest("#list") || target.id === "q" ? "#list .row-of" : "";
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const all = [...document.querySelectorAll(menu)], at = all.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (at < 0) $("#q").focus();
    else all[Math.min(at, all.length - 1)]?.focus();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "?") help();
  else if (stored.get("single-keys") === "off") return;
  else if (event.key === "/" && viewName() === "entries") { $("#q").focus(); $("#q").select(); }
  else if (event.key === "n" && viewName() === "entries" && !told.readOnly) $("#new").click();
  else return;
  event.preventDefault();
});

function speakAgain() {
  $("#exports").replaceChildren(...FORMATS.map((format) => el("button", { type: "button", class: "plain", onclick: () => keep(format) }, t(`gl_format_${format}`))));
  fill();
  remember();
}
onSpeak(() => { speakAgain(); if (entry.concept) entry.redraw(); else entry.draw(); show(); });

try {
  await list();
  speakAgain();
  await open(look.get("id") ?? "", { force: true, focus: false, push: false });
  show();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  $("#bar").hidden = $("#entries").hidden = true;
  $("#notice").hidden = false;
  $("#notice").className = "none";
  $("#notice").replaceChildren(error.message, " ", el("a", { href: "/" }, t("missing_home")));
}
document.documentElement.dataset.ready = "yes";

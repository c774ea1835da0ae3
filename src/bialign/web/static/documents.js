// The texts of the corpus, how far each is, and what can be counted of them.

import { alarm, ask, calm, count, el, has, lang, number, onSpeak, t, toast } from "./frame.js";

const $ = (selector) => document.querySelector(selector);
let told = null;

const ORDERS = ["added", "name", "doubtful", "reviewed", "size"];
const SHARES = ["confirmed", "rejected", "doubtful", "unsure", "unreviewed"];

async function refresh(quiet = false) {
  try {
    const fresh = await ask("/api/documents");
    // where nothing has happened, nothing moves under the reader's hands
    if (quiet && told && fresh.last === told.last) return;
    told = fresh;
  } catch (error) {
    if (quiet) return;
    told = null;
    $("#nothing-text").textContent = error.kind === "refused" ? t("no_corpus") : error.message;
    $("#nothing").hidden = false;
    $("#add").hidden = true;
    document.title = `${t("nav_documents")} – bialign`;
    return;
  }
  show();
}

function show() {
  const texts = told.texts;
  document.title = `${t("nav_documents")} – ${told.title} – bialign`;
  $("#title").textContent = told.title;
  $("#title").removeAttribute("data-t");
  $("#path").textContent = told.readOnly ? `${told.path} · ${t("read_only")}` : told.path;
  $("#add").hidden = told.readOnly;
  $("#totals").replaceChildren(...totals(texts));
  $("#nothing").hidden = texts.length > 0;
  if (!texts.length) $("#nothing-text").textContent = t("docs_none");
  $("#nothing-link").hidden = true;
  $("#choose").hidden = texts.length < 4;
  const chosen = $("#sort").value || "added";
  $("#sort").replaceChildren(...ORDERS.map((order) => el("option", { value: order, selected: order === chosen }, t(`docs_by_${order}`))));
  $("#legend").hidden = !texts.length;
  $("#legend").replaceChildren(...SHARES.map((share) => el("li", {}, el("i", { class: `share ${share}`, "aria-hidden": "true" }), t(`docs_${share}`))));
  list();
}

function list() {
  const wanted = plain($("#filter").value.trim());
  const found = told.texts.filter((one) => plain([one.name, ...one.titles, ...one.files].join(" ")).includes(wanted));
  const by = {
    added: (one) => one.id, name: null, doubtful: (one) => -one.doubtful,
    reviewed: (one) => reviewed(one) / (one.beads || 1), size: (one) => -one.beads,
  }[$("#sort").value || "added"];
  found.sort(by ? (one, other) => by(one) - by(other) : (one, other) => one.name.localeCompare(other.name, lang, { numeric: true }));
  $("#docs").replaceChildren(...found.map(entry));
  $("#shown").textContent = wanted ? count("docs_shown", found.length) : "";
}
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const reviewed = (one) => one.beads - one.status[0];
const sum = (texts, value) => texts.reduce((all, one) => all + value(one), 0);

/** Write a share in per cent; all of it only where nothing is left. */
function share(part, whole) {
  const value = whole ? Math.floor((100 * part) / whole) : 0;
  return (part && !value ? "<1" : String(value)) + (lang === "es" ? "\u00a0%" : "%");
}

function totals(texts) {
  const beads = sum(texts, (one) => one.beads);
  const figures = [
    ["texts", texts.length], ["beads", beads], ["reviewed", share(sum(texts, reviewed), beads)],
    ["unsure", sum(texts, (one) => one.doubtful)], ["omissions", sum(texts, (one) => one.omissions)],
    ["additions", sum(texts, (one) => one.additions)], ["words", sum(texts, (one) => one.words[0] + one.words[1])],
  ];
  return texts.length ? figures.map(([name, value]) => figure(t(`docs_${name}`), value)) : [];
}
const figure = (name, value) => el("div", {}, el("dt", {}, name), el("dd", {}, typeof value === "number" ? number(value) : value));

function language(code) {
  const known = `lang_${code.slice(0, 2)}`;
  return has(known) ? t(known) : code || "?";
}

function entry(one) {
  const [unreviewed, confirmed, rejected, doubtful] = one.status;
  const unsure = one.doubtful - doubtful;
  const parts = { confirmed, rejected, doubtful, unsure, unreviewed: unreviewed - unsure };
  const bar = el("div", { class: "bar", role: "img", "aria-label": SHARES.filter((name) => parts[name]).map((name) => `${t(`docs_${name}`)}: ${number(parts[name])}`).join(", ") },
    SHARES.filter((name) => parts[name]).map((name) => {
      const piece = el("i", { class: `share ${name}` });
      piece.style.flexGrow = parts[name];
      return piece;
    }));
  const files = one.files.filter(Boolean);
  return el("li", { class: "doc" },
    el("div", { class: "what" },
      el("h2", {}, el("a", { href: `/text/${one.id}` }, one.name)),
      el("p", { class: "muted" }, one.langs.map(language).join(" → "), files.length ? ` · ${[...new Set(files)].join(" + ")}` : "")),
    el("div", { class: "far" }, bar, el("p", {}, t("docs_far", { share: share(reviewed(one), one.beads), done: reviewed(one), all: one.beads }))),
    el("dl", { class: "figures" },
      figure(t("docs_beads"), one.beads), figure(t("docs_unsure"), one.doubtful), figure(t("docs_omissions"), one.omissions),
      figure(t("docs_additions"), one.additions), one.moves ? figure(t("docs_moves"), one.moves) : "",
      figure(t("docs_words"), `${number(one.words[0])} → ${number(one.words[1])}`)),
    el("div", { class: "row" },
      el("a", { class: "button", href: `/text/${one.id}`, "aria-label": t("docs_review_named", { name: one.name }) }, t("docs_review")),
      el("a", { class: "button", href: `/export?text=${one.id}`, "aria-label": t("docs_export_named", { name: one.name }) }, t("docs_export")),
      told.readOnly ? "" : el("button", { type: "button", class: "plain", "aria-label": t("remove_named", { name: one.name }), onclick: () => takeOut(one) }, t("remove"))));
}

/** Take a text out; nothing is lost, so nothing is asked. */
async function takeOut(one) {
  calm();
  try {
    const { event } = await ask(`/api/texts/${one.id}/remove`, {});
    await refresh();
    $("#main").focus();
    const back = async () => {
      await ask("/api/restore", { event }).catch((error) => alarm(error.message));
      await refresh();
      $(`#docs a[href="/text/${one.id}"]`)?.focus();
    };
    toast(t("taken_out", { name: one.name }), [t("undo"), back]);
  } catch (error) {
    alarm(error.message);
  }
}

$("#filter").addEventListener("input", list);
$("#sort").addEventListener("change", list);
onSpeak(() => (told ? show() : refresh()));
// what was reviewed in another window counts here too
addEventListener("pageshow", (event) => { if (event.persisted) refresh(true); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && told) refresh(true); });
await refresh();
document.documentElement.dataset.ready = "";

// Files in: each is shown before it comes in, and a report tells what came of it.

import { alarm, ask, count, el, has, number, onSpeak, percent, t } from "./frame.js";
import { examine, speakDoctor } from "./doctor.js";
import { connect, forget, hasEncoding, showMaking, working } from "./making.js";

const $ = (selector) => document.querySelector(selector);
let state = { corpus: null, corpora: [], folder: "" }, report = null;

async function refresh() {
  try {
    state = await ask("/api/state");
  } catch (error) {
    alarm(error.message);
  }
  show();
}

function show() {
  document.title = `${t("nav_import")}${state.corpus ? ` – ${state.corpus.title}` : ""} – bialign`;
  showMaking();
  if (report) tell();
}

async function made(result) {
  forget();
  working(false);
  await refresh();
  await look(result.text);
  $("#report").focus();
}

async function look(text) {
  try {
    report = await ask(`/api/texts/${text}/arrival`);
    history.replaceState(null, "", `/import?text=${text}`);
    tell();
  } catch (error) {
    alarm(error.message);
  }
}

function tell() {
  $("#report").hidden = false;
  $("#report-title").textContent = t("import_done", { name: report.name });
  $("#remarks").replaceChildren(...report.remarks.map((remark) => el("li", {}, remark)));
  $("#sides").replaceChildren(...report.sides.map(side));
  const facts = [
    [t("docs_beads"), number(report.beads)],
    [t("import_mean"), percent(report.mean)],
    [t("import_doubtful"), number(report.doubtful)],
    ...report.types.map(([type, many]) => [type, number(many)]),
  ];
  $("#facts").replaceChildren(...facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
  $("#report-row").replaceChildren(
    el("a", { class: "button primary", href: `/text/${report.id}` }, t("docs_review")),
    el("a", { class: "button", href: `/export?text=${report.id}` }, t("docs_export")),
    el("a", { class: "button", href: "/documents" }, t("nav_documents")));
}

function side(one) {
  const known = `lang_${one.lang.slice(0, 2)}`;
  const rows = [
    [t("lang_of"), has(known) ? t(known) : one.lang || t("unknown")],
    [t("encoding_of"), hasEncoding(one.file) ? one.encoding : ""],
    [t("import_sentences"), number(one.segments)],
    [t("import_repaired"), one.fixes ? number(one.fixes) : t("import_nothing")],
    [t("import_left_out"), one.dropped ? t("import_boilerplate") : ""],
  ].filter(([, value]) => value);
  return el("article", { class: "card" }, el("h3", {}, one.file),
    el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    one.examples.length ? el("details", {}, el("summary", {}, count("import_examples", one.examples.length)),
      el("ul", { class: "lines" }, one.examples.map(([before, after, many]) => el("li", {}, el("code", {}, shown(before)), " → ", el("code", {}, shown(after)), many > 1 ? ` ×\u202f${number(many)}` : "")))) : "");
}
/** Make signs that cannot be seen visible. */
const shown = (text) => (text === "" ? "∅" : text.replace(/\s/g, (sign) => (sign === " " ? "␣" : sign === "\n" ? "↵" : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)).replace(/[\p{Cc}\p{Cf}\ufffd]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`));

connect({ state: () => state, made, unread: examine, busy: (on) => { if (on) $("#report").hidden = true; } });
onSpeak(async () => { speakDoctor(); if (report) report = await ask(`/api/texts/${report.id}/arrival`).catch(() => report); show(); });
await Promise.all([refresh(), speakDoctor()]);
const asked = new URLSearchParams(location.search).get("text");
if (asked && state.corpus) await look(Number(asked));
document.documentElement.dataset.ready = "";

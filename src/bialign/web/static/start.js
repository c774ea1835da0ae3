// The first page: make a corpus of dropped files, open one, or try the example.

import { alarm, ask, calm, count, el, has, lang, onSpeak, stored, t, toast } from "./frame.js";
import { begin, connect, forget, showMaking } from "./making.js";

const $ = (selector) => document.querySelector(selector);
let state = null;

async function refresh() {
  try {
    state = await ask("/api/state");
    if (state.error) alarm(state.error);
  } catch (error) {
    state = { corpus: null, corpora: [], folder: "" };
    alarm(error.message);
  }
  show();
}

function show() {
  const corpus = state.corpus;
  document.title = corpus ? `${corpus.title} – bialign` : "bialign";
  $("#title").textContent = corpus ? corpus.title : t("start_title");
  $("#lead").textContent = corpus ? corpus.path : t("start_lead");
  $("#texts").hidden = !corpus;
  $("#texts-list").replaceChildren(...(corpus?.texts ?? []).map(text));
  if (corpus?.readOnly) $("#lead").textContent = `${corpus.path} · ${t("read_only")}`;
  $("#new-corpus").hidden = !corpus;
  $("#example-box").hidden = Boolean(corpus);
  $("#folder").textContent = state.corpora.length ? state.folder : t("no_corpora", { folder: state.folder });
  $("#corpora").replaceChildren(...state.corpora.filter((one) => one.path !== corpus?.path).map(corpusEntry));
  $("#open").hidden = Boolean(state.confined);
  $("#logout").hidden = !state.guarded;
  showMaking();
}

function text(one) {
  const share = one.beads ? Math.round((100 * one.reviewed) / one.beads) : 0;
  const bar = el("i");
  bar.style.width = `${share}%`;
  const langs = one.langs.map((code) => (has(`lang_${code.slice(0, 2)}`) ? t(`lang_${code.slice(0, 2)}`) : code || "?")).join(" → ");
  return el("li", {}, el("a", { href: `/text/${one.id}` },
    el("b", {}, one.name), el("span", {}, t("reviewed_of", { done: one.reviewed, all: one.beads })),
    el("small", {}, langs), el("small", {}, one.doubtful ? count("doubtful_left", one.doubtful) : ""),
    el("span", { class: "meter", "aria-hidden": "true" }, bar)),
  state.corpus.readOnly ? "" : el("button", { type: "button", class: "plain", "aria-label": t("remove_named", { name: one.name }), title: t("remove"), onclick: () => takeOut(one) }, "×"));
}

/** Take a text out; nothing is lost, so nothing is asked. */
async function takeOut(one) {
  calm();
  try {
    const { event } = await ask(`/api/texts/${one.id}/remove`, {});
    await refresh();
    $("#choose").focus();
    const back = async () => {
      await ask("/api/restore", { event }).catch((error) => alarm(error.message));
      await refresh();
    };
    toast(t("taken_out", { name: one.name }), [t("undo"), back]);
  } catch (error) {
    alarm(error.message);
  }
}

function corpusEntry(one) {
  const date = new Date(one.changed * 1000).toLocaleDateString(lang, { dateStyle: "medium" });
  const size = t("kilobytes", { count: Math.max(1, Math.round(one.size / 1024)) });
  return el("li", {}, el("button", { type: "button", onclick: () => open(one.path) }, el("b", {}, one.name), el("small", {}, `${date} · ${size}`)));
}

async function open(path) {
  calm();
  try {
    await ask("/api/open", { path });
    forget();
    await refresh();
    if (state.corpus?.texts.length === 1) location.assign(`/text/${state.corpus.texts[0].id}`);
    else $("#main").focus();
  } catch (error) {
    alarm(error.message);
  }
}

/** Go to a new text, with what ought to be seen of it. */
function go(result, more = "") {
  stored.set("remarks", result.remarks.join("\n"));
  location.assign(`/text/${result.text}${more}`);
}
$("#example").addEventListener("click", () => begin("/api/example", {}, (result) => go(result, "?tour")));
$("#new-corpus").addEventListener("click", async () => {
  await open("");
  $("#choose").focus();
});
$("#open").addEventListener("submit", (event) => { event.preventDefault(); if ($("#path").value.trim()) open($("#path").value.trim()); });

$("#logout").addEventListener("click", () => ask("/api/logout", {}).then(() => location.assign("/login"), (error) => alarm(error.message)));

connect({ state: () => state, made: go, busy: (on) => { $("#others").hidden = on; } });
onSpeak(() => state && show());
refresh().then(() => { document.documentElement.dataset.ready = ""; });

// The page of annotations: words marked with mouse or keys, labelled by a key, and decisions between annotators.

import { alarm, ask, calm, count, el, keepPlace, onSpeak, stored, t, toast } from "./frame.js";
import { chosen, letters, same, sideOf, stretches, textOf, wordsOf } from "./marking.js";
import { notesOf } from "./notes.js";

const $ = (selector) => document.querySelector(selector);
const LIMIT = 40;
const SHOWS = ["", "marked", "open", "decided", "corrected"];
const page = { told: null, current: 0, picks: [], from: -1, to: -1, lit: 0, taken: new Set(), meant: new Set(), start: 0, asked: 0 };
const asked = new URLSearchParams(location.search);
const choice = { text: asked.get("text") ?? "", scheme: asked.get("scheme") ?? "", show: asked.get("show") ?? "", label: asked.get("label") ?? "", by: asked.get("by") ?? "" };
const who = $("#who");
who.value = stored.get("annotator") ?? "";

// --- what is shown ---

async function load({ bead = 0, quiet = false } = {}) {
  if (!choice.text) choice.text = await someText();
  if (!choice.text) return nothing(t("docs_none"));
  const query = new URLSearchParams({ limit: LIMIT, start: page.start, bead, scheme: choice.scheme, show: choice.show, label: choice.label, by: choice.by });
  const number = ++page.asked;
  try {
    const told = await ask(`/api/texts/${choice.text}/annotations?${query}`);
    // what was asked for later is what counts
    if (number !== page.asked) return;
    page.told = told;
  } catch (error) {
    if (!quiet && number === page.asked) nothing(error.kind === "refused" ? t("no_corpus") : error.message);
    return;
  }
  const { told } = page;
  page.start = told.start;
  if (!told.beads.some((one) => one.id === page.current)) {
    page.current = told.beads.some((one) => one.id === bead) ? bead : told.beads[0]?.id ?? 0;
    forget();
  }
  address();
  draw();
}
async function someText() {
  try {
    const texts = (await ask("/api/state")).corpus?.texts ?? [];
    const last = Number(/(?:^|; )bialign_text=(\d+)/.exec(document.cookie)?.[1]);
    return String((texts.find((one) => one.id === last) ?? texts[0])?.id ?? "");
  } catch (error) {
    alarm(error.message);
    return "";
  }
}
function nothing(text) {
  page.told = null;
  $("#beads").replaceChildren();
  $("#none").textContent = text;
  $("#none").hidden = false;
  $("#turn").hidden = true;
  document.title = `${t("nav_annotate")} – bialign`;
}
function address() {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
  history.replaceState(null, "", `/annotate?${query}#${page.current}`);
  keepPlace();
}
function forget() {
  Object.assign(page, { picks: [], from: -1, to: -1 });
  page.taken.clear();
}

function draw() {
  const { told } = page;
  document.title = `${t("nav_annotate")} – ${told.name} – bialign`;
  options("#text", told.texts.map((one) => [String(one.id), one.name]), choice.text);
  options("#scheme", told.schemes.map((one) => [one.name, one.title]), told.scheme.name);
  options("#show", SHOWS.map((name) => [name, t(`an_show_${name || "all"}`)]), choice.show, true);
  options("#label", [["", t("an_label_all")], ...told.scheme.labels.map((one) => [one.name, one.title])], choice.label, true);
  const people = [...new Set([who.value.trim(), ...told.people, choice.by])].filter(Boolean);
  options("#by", [["", t("an_by_all")], ...people.map((name) => [name, name])], choice.by, true);
  $("#told").textContent = [count("an_beads_told", told.total), told.counts.open ? count("an_open", told.counts.open) : "", told.counts.corrected ? count("an_corrected", told.counts.corrected) : ""].filter(Boolean).join(" · ");
  $("#notice").hidden = !told.readOnly;
  $("#notice").textContent = told.readOnly ? t("read_only") : "";
  $("#none").hidden = told.beads.length > 0;
  $("#none").textContent = t("an_none");
  for (const id of ["#undo", "#redo"]) $(id).disabled = told.readOnly;
  beads();
  labels();
  turning();
}
function options(id, entries, value, narrows = false) {
  $(id).replaceChildren(...entries.map(([name, title]) => el("option", { value: name, selected: name === value }, title)));
  $(id).classList.toggle("chosen", narrows && Boolean(value));
}
function beads() {
  const focused = document.activeElement?.closest?.("#beads");
  const act = document.activeElement?.dataset?.act, on = document.activeElement?.closest?.("[data-note]")?.dataset.note;
  $("#beads").replaceChildren(...page.told.beads.map(article));
  if (!focused) return;
  const same = act && $(`.current ${on ? `[data-note="${on}"] ` : ""}[data-act="${act}"]`);
  (same || $(".bead.current"))?.focus({ preventScroll: true });
}
function article(bead, index) {
  const { told } = page, current = bead.id === page.current;
  const notes = told.notes.filter((one) => one.beads.includes(bead.id));
  const at = current ? stretches(cursorWords()) : [];
  const drawn = { notes, scheme: told.scheme, picks: page.picks.filter((one) => one.bead === bead.id), at, lit: page.lit };
  const mine = who.value.trim();
  const difference = told.differing.find((one) => one.bead === bead.id);
  return el("article", { class: `bead${current ? " current" : ""}`, "data-id": bead.id, tabindex: current ? "0" : "-1", "aria-posinset": told.start + index + 1, "aria-setsize": told.total, "aria-label": t("an_bead", { number: bead.id, count: notes.length }) },
    el("div", { class: "sides" }, sideOf(bead, "s", told.langs[0], drawn), sideOf(bead, "t", told.langs[1], drawn)),
    notesOf(bead, notes, difference, { scheme: told.scheme, mine, current, readOnly: told.readOnly, taken: page.taken, does }));
}
function labels() {
  const { told } = page;
  $("#labels").replaceChildren(...told.scheme.labels.map((label) => el("li", {},
    el("button", { type: "button", "data-label": label.name, disabled: told.readOnly, onclick: () => give(label) }, el("kbd", {}, label.key), el("span", {}, label.title), el("small", {}, told.counts.labels[label.name] ?? "")),
    label.definition || label.examples.length ? meaning(label) : "")));
  $("#source").textContent = told.scheme.source;
  pending();
}
function meaning(label) {
  const text = el("div", { class: "meaning", hidden: !page.meant.has(label.name) }, el("p", {}, label.definition),
    label.examples.map(([en, es]) => el("p", { class: "example" }, el("span", { lang: "en" }, en), " → ", el("span", { lang: "es" }, es))));
  const toggle = el("button", { type: "button", class: "what", "aria-label": t("an_what", { label: label.title }), "aria-expanded": String(!text.hidden), onclick: () => {
    text.hidden = !text.hidden;
    toggle.setAttribute("aria-expanded", String(!text.hidden));
    if (!page.meant.delete(label.name)) page.meant.add(label.name);
  } }, "?");
  return [toggle, text];
}
function pending() {
  const bead = currentBead();
  const marked = bead ? picked() : [];
  const words = marked.map((one) => `“${textOf(beadOf(one.bead), one.side, one.place).slice(one.start, one.stop)}”`);
  $("#pending").textContent = words.length ? t("an_picked", { words: words.join(", ") }) : t("an_whole");
}
function turning() {
  const { start, total, beads: held } = page.told;
  $("#turn").hidden = total <= held.length;
  $("#before").disabled = start <= 0;
  $("#after").disabled = start + held.length >= total;
  $("#part").textContent = t("an_part", { from: start + 1, to: start + held.length, count: total });
}

// --- words that are picked ---

const beadOf = (id) => page.told.beads.find((one) => one.id === id);
const currentBead = () => beadOf(page.current);
const cursorWords = () => {
  const bead = page.to >= 0 && currentBead();
  return bead ? wordsOf(bead).slice(Math.min(page.from, page.to), Math.max(page.from, page.to) + 1) : [];
};
/** Give what a label is for: what was picked, else the words the reader is at. */
const picked = () => (page.picks.length ? page.picks : stretches(cursorWords()).map((one) => ({ ...one, bead: page.current })));

function pick(found) {
  for (const one of found) {
    const known = page.picks.findIndex((each) => each.bead === one.bead && same(each, one));
    if (known >= 0) page.picks.splice(known, 1);
    else page.picks.push(one);
  }
  beads();
  pending();
}
function go(step) {
  const ids = page.told.beads.map((one) => one.id), at = ids.indexOf(page.current) + step;
  if (at < 0 || at >= ids.length) {
    const forward = step > 0;
    if (forward ? !$("#after").disabled && !$("#turn").hidden : !$("#before").disabled && !$("#turn").hidden) turn(forward ? 1 : -1);
    return;
  }
  choose(ids[at]);
}
function choose(id, focus = true) {
  if (page.current !== id) {
    page.current = id;
    Object.assign(page, { from: -1, to: -1 });
    page.taken.clear();
    address();
  }
  beads();
  pending();
  const bead = $(".bead.current");
  if (focus) bead?.focus({ preventScroll: true });
  bead?.scrollIntoView({ block: "nearest" });
}
function walk(step, extend, jump) {
  const bead = currentBead();
  if (!bead) return;
  const words = wordsOf(bead);
  if (!words.length) return;
  let to = page.to < 0 ? (step > 0 ? 0 : words.length - 1) : page.to + step;
  if (jump) {
    const side = page.to < 0 ? "" : words[page.to].side;
    to = words.findIndex((one) => one.side !== side);
    if (to < 0) return;
  }
  page.to = Math.max(0, Math.min(words.length - 1, to));
  if (!extend || page.from < 0) page.from = page.to;
  beads();
  pending();
}

// --- what is done ---

async function act(what, told = "") {
  if (!page.told) return undefined;
  calm();
  try {
    const { result } = await ask(`/api/texts/${choice.text}/annotate`, { seen: page.told.last, who: who.value.trim(), ...what });
    await load({ quiet: true });
    if (told) toast(told, [t("undo"), () => act({ do: "undo" })]);
    return result;
  } catch (error) {
    alarm(error.message);
    if (error.kind === "conflict" || error.kind === "gone") await load({ quiet: true });
    return undefined;
  }
}
/** Give the annotator's name; where there is none, ask for it. */
function name() {
  const given = who.value.trim();
  who.classList.toggle("wanted", !given);
  if (given) return given;
  alarm(t("an_name_first"));
  who.focus();
  return "";
}
async function give(label) {
  const by = page.told.readOnly ? "" : name();
  if (!by || !currentBead()) return;
  const marks = picked().map((one) => {
    const text = textOf(beadOf(one.bead), one.side, one.place);
    return [one.side, one.place, letters(text, one.start), letters(text, one.stop)];
  });
  const bead = page.picks[0]?.bead ?? page.current;
  forget();
  await act({ do: "add", scheme: page.told.scheme.name, label: label.name, who: by, bead, marks: marks.length ? marks : null }, t("an_given", { label: label.title }));
}
const does = {
  light(id) {
    if (page.lit === id) return;
    page.lit = id;
    const marked = page.told.notes.find((one) => one.id === id);
    for (const node of document.querySelectorAll(".in.lit")) node.classList.remove("lit");
    for (const [side, place, start, stop] of marked?.marks ?? []) {
      for (const seg of document.querySelectorAll(`.seg[data-side="${side}"][data-place="${place}"]`)) {
        let at = 0;
        for (const node of seg.childNodes) {
          const begins = letters(seg.textContent, at);
          at += node.textContent.length;
          if (node.classList?.contains("in") && begins >= start && letters(seg.textContent, at) <= stop) node.classList.add("lit");
        }
      }
    }
  },
  take(id) {
    if (!page.taken.delete(id)) page.taken.add(id);
    beads();
  },
  change: (note, what) => act({ do: "change", id: note.id, ...what }, t("an_changed")),
  keep: (note) => act({ do: "keep", id: note.id }),
  remove: (note) => act({ do: "remove", ids: [note.id] }, t("an_removed")),
  note: (note) => askNote(note),
  async decide(difference, take) {
    const by = name();
    if (!by) return;
    page.taken.clear();
    await act({ do: "decide", ids: difference.ids, take, who: by }, t("an_decision_kept"));
  },
};

const dialog = $("#dialog");
function open(title, ...content) {
  dialog.replaceChildren(el("h2", { id: "dialog-title" }, title), ...content);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
}
function askNote(note) {
  const field = el("textarea", { "aria-label": t("an_note"), maxlength: "2000" });
  field.value = note.note;
  const form = el("form", { method: "dialog" }, field, el("div", { class: "row" }, el("button", { type: "submit", class: "primary" }, t("an_save")), el("button", { type: "button", onclick: () => dialog.close() }, t("cancel"))));
  form.addEventListener("submit", (event) => { event.preventDefault(); dialog.close(); does.change(note, { note: field.value }); });
  open(t("an_note"), form);
  field.focus();
}
function help() {
  const rows = [["↑ ↓", "an_key_beads"], ["← →", "an_key_words"], ["⇧ ← →", "an_key_extend"], ["Ctrl ← →", "an_key_side"], ["⏎", "an_key_pick"], ["a … z", "an_key_label"], ["Esc", "an_key_leave"], ["Ctrl z", "an_key_undo"], ["Ctrl y", "an_key_redo"]];
  open(t("help"), el("p", {}, t("an_help")), el("dl", {}, rows.map(([key, what]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, t(what))])),
    el("div", { class: "row" }, el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, t("close"))));
}

// --- keys and mouse ---

function keyed(event) {
  if (!page.told || dialog.open || event.defaultPrevented) return;
  const control = event.ctrlKey || event.metaKey, key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const field = event.target.closest("input, textarea, select, summary, [contenteditable]");
  if (control && !field && (key === "z" || key === "y")) {
    event.preventDefault();
    act({ do: key === "y" || event.shiftKey ? "redo" : "undo" });
    return;
  }
  if (field || event.altKey) return;
  const on = event.target.closest("button, a");
  if (key === "?" && !control) return help();
  if (key === "Escape") { forget(); beads(); pending(); return; }
  const step = { ArrowDown: [go, 1], ArrowUp: [go, -1] }[key];
  const word = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (on && !word && !step && event.key.length > 1) return;
  if (step) step[0](step[1]);
  else if (word) walk(word, event.shiftKey, control);
  else if ((key === "Enter" || key === " ") && !control && !on) pick(stretches(cursorWords()).map((one) => ({ ...one, bead: page.current })));
  else {
    const label = !control && !on && page.told.scheme.labels.find((one) => one.key === key);
    if (!label) return;
    give(label);
  }
  event.preventDefault();
}
document.addEventListener("keydown", keyed);
$("#beads").addEventListener("pointerup", () => {
  // the browser settles its selection only after this
  setTimeout(() => {
    const found = chosen($("#beads"));
    if (!found.length) return;
    getSelection().removeAllRanges();
    page.current = found[0].bead;
    Object.assign(page, { from: -1, to: -1 });
    pick(found);
    $(".bead.current")?.focus({ preventScroll: true });
    address();
  });
});
$("#beads").addEventListener("click", (event) => {
  const bead = event.target.closest(".bead");
  if (!bead || event.target.closest("button, select")) return;
  if (getSelection().isCollapsed && Number(bead.dataset.id) !== page.current) choose(Number(bead.dataset.id));
});
$("#beads").addEventListener("focusin", (event) => {
  const id = Number(event.target.closest(".bead")?.dataset.id);
  if (id && id !== page.current) choose(id);
});
function turn(step) {
  page.start = Math.max(0, page.start + step * LIMIT);
  page.current = 0;
  load().then(() => { $("#texts").scrollTo(0, 0); $(".bead.current")?.focus({ preventScroll: true }); });
}
$("#before").addEventListener("click", () => turn(-1));
$("#after").addEventListener("click", () => turn(1));
$("#undo").addEventListener("click", () => act({ do: "undo" }));
$("#redo").addEventListener("click", () => act({ do: "redo" }));
$("#keys").addEventListener("click", help);
for (const field of ["text", "scheme", "show", "label", "by"]) {
  $(`#${field}`).addEventListener("change", (event) => {
    choice[field] = event.target.value;
    if (field === "text") page.current = 0;
    if (field === "scheme") choice.label = "";
    page.start = 0;
    load({ bead: field === "text" ? 0 : page.current });
  });
}
function settle() {
  who.value = who.value.trim().replace(/\s+/g, " ");
  if (who.value === (stored.get("annotator") ?? "")) return;
  stored.set("annotator", who.value);
  who.classList.remove("wanted");
  calm();
  if (page.told) draw();
}
who.addEventListener("change", settle);
who.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  // before the focus goes: what is drawn anew takes it away
  settle();
  ($(".bead.current") ?? who).focus();
});
onSpeak(() => load({ quiet: true }));
document.addEventListener("visibilitychange", () => { if (!document.hidden && page.told && !dialog.open) load({ quiet: true }); });
await load({ bead: Number(location.hash.slice(1)) || 0 });
document.documentElement.dataset.ready = "";

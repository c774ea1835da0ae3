// Files dropped, looked at and made into a text, with the progress; the first page and that of imports share it.

import { Refused, alarm, ask, calm, count, el, follow, number, t, timeLeft } from "./frame.js";

const $ = (selector) => document.querySelector(selector);
const drop = $("#drop"), found = $("#found"), cards = $("#cards"), progress = $("#progress");
let files = [], job = 0, page = null;

const ENCODINGS = ["utf-8", "cp1252", "latin-1", "mac_roman", "cp850", "utf-16"];

/** Begin: `state` gives what the server told, `made` gets what came of the work, `busy` hears whether it goes on,
 *  `unread` gets a file that cannot be read. */
export function connect(given) { page = given; }

/** Forget the files that were dropped. */
export function forget() {
  files = [];
  for (const id of ["#name", "#corpus"]) delete $(id).dataset.typed;
  showMaking();
}

/** Write this part of the page in its language. */
export function showMaking() {
  const { corpus, folder } = page.state();
  $("#make").hidden = Boolean(corpus?.readOnly);
  $("#drop-title").textContent = t(files.length === 1 && files[0].kind === "text" ? "drop_second" : corpus ? "drop_add" : "drop_title");
  drop.hidden = ready();
  drop.classList.toggle("small", Boolean(corpus?.texts.length) || files.length > 0);
  $("#corpus-field").hidden = Boolean(corpus);
  $("#where").textContent = corpus ? t("goes_into", { corpus: corpus.title }) : t("goes_to", { folder });
  drawCards();
}

async function take(list) {
  const form = new FormData();
  const taken = [...list].slice(0, 20);
  if (!taken.length) return;
  calm();
  // told before it is sent, as the server would not read it
  const most = page.state().most;
  if (taken.reduce((all, file) => all + file.size, 0) > most) {
    alarm(t("too_large", { count: Math.floor(most / 1e6) }));
    return;
  }
  for (const file of taken) form.append("files", file);
  drop.classList.add("busy");
  $("#drop-title").textContent = t("looking");
  try {
    const told = await ask("/api/uploads", form);
    for (const one of told) {
      if (one.error) refused(one, taken.find((file) => file.name === one.name));
      else files.push({ ...one, chosen: { encoding: "", lang: "" }, drop: false });
    }
    if (files.some((one) => one.kind === "bilingual")) files = files.filter((one) => one.kind === "bilingual").slice(-1);
    files = files.slice(-2);
    order();
    suggest();
  } catch (error) {
    alarm(error.message);
  }
  drop.classList.remove("busy");
  showMaking();
  if (ready()) $("#name").focus();
}

/** Say why a file cannot be read; where the doctor is at hand, it tells more. */
function refused(one, file) {
  if (page.unread && file) page.unread(file).then(() => alarm(one.error));
  else alarm(one.error);
}

/** Put English first, as most pairs have it; a person may swap them. */
function order() {
  if (files.length === 2 && files[0].lang?.startsWith("es") && files[1].lang?.startsWith("en")) files.reverse();
}

function suggest() {
  if (!files.length) return;
  const stems = files.map((one) => one.stem ?? one.title);
  let name = stems[0];
  if (stems.length === 2) {
    // what both names begin with, in whole words: "letter.en" and "letter.es" give "letter"
    const [one, other] = stems.map((stem) => stem.split(/([\s._-]+)/));
    let same = 0;
    while (same < one.length && one[same] === other[same]) same++;
    name = one.slice(0, same).join("").replace(/[\s._-]+$/, "") || `${stems[0]} – ${stems[1]}`;
  }
  if (!$("#name").dataset.typed) $("#name").value = name;
  if (!$("#corpus").dataset.typed) {
    const taken = new Set(page.state().corpora.map((one) => one.name.toLowerCase()));
    let free = name, number = 2;
    while (taken.has(free.toLowerCase())) free = `${name} ${number++}`;
    $("#corpus").value = free;
  }
}
for (const id of ["#name", "#corpus"]) $(id).addEventListener("input", (event) => { event.target.dataset.typed = "1"; });

const ready = () => files.length === 2 || (files.length === 1 && files[0].kind === "bilingual");

function drawCards() {
  found.hidden = !files.length;
  cards.replaceChildren(...files.map(card));
  $("#align").disabled = !ready();
  $("#align").textContent = t(files[0]?.kind === "bilingual" ? "bring_in" : "align");
}

function card(one, place) {
  const facts = one.kind === "bilingual"
    ? [t("holds_both"), count("units", one.units)]
    : [count("words", one.words), one.fixes ? count("letters_repaired", one.fixes) : ""];
  const inside = [
    el("h3", {}, one.name),
    el("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
  ];
  if (one.kind === "text") {
    inside.push(el("div", { class: "choices" },
      choice("lang", one, [["en", t("lang_en")], ["es", t("lang_es")]], one.lang),
      hasEncoding(one.name) ? choice("encoding", one, ENCODINGS.map((name) => [name, name]), one.encoding) : ""));
    inside.push(el("blockquote", { lang: one.lang }, one.sample));
    if (one.boilerplate.count) inside.push(boilerplate(one));
  } else {
    inside.push(...one.pairs.slice(0, 2).map((pair) => el("blockquote", {}, `${pair[0]}\n${pair[1]}`)));
  }
  inside.push(el("div", { class: "row" },
    files.length === 2 && place === 0 ? el("button", { type: "button", onclick: () => { files.reverse(); drawCards(); } }, t("swap")) : el("span"),
    el("button", { type: "button", "aria-label": t("remove_named", { name: one.name }), onclick: () => { files.splice(files.indexOf(one), 1); suggest(); showMaking(); $("#choose").focus(); } }, t("remove"))));
  return el("article", { class: "card" }, ...inside);
}

/** Tell whether a file's encoding is a question: Word documents and their like say it themselves. */
export const hasEncoding = (name) => !/\.(docx|docm|dotx|odt|ott|epub|pdf|xlsx)$/i.test(name);

function choice(what, one, options, value) {
  const known = options.some(([name]) => same(name, value));
  const all = known ? options : [[value ?? "", value || t("unknown")], ...options];
  const select = el("select", { onchange: (event) => again(one, what, event.target.value) },
    all.map(([name, label]) => el("option", { value: name, selected: same(name, value) }, label)));
  return el("label", { class: "field" }, el("span", {}, t(what === "lang" ? "lang_of" : "encoding_of")), select);
}
const same = (name, value) => name === value || (name.length === 2 && (value ?? "").startsWith(`${name}-`)) || (name === "utf-8" && value === "utf-8-sig");

async function again(one, what, value) {
  const chosen = { ...one.chosen, [what]: value };
  calm();
  try {
    const told = await ask(`/api/uploads/${one.id}`, chosen);
    Object.assign(one, told, { chosen });
  } catch (error) {
    alarm(error.message);
  }
  drawCards();
}

function boilerplate(one) {
  const box = el("input", { type: "checkbox", id: `drop-${one.id}`, onchange: (event) => { one.drop = event.target.checked; } });
  box.checked = one.drop;
  const rules = Object.entries(one.boilerplate.rules).map(([rule, many]) => `${t(`rule_${rule}`)}: ${number(many)}`).join(", ");
  return el("div", {},
    el("label", { class: "check" }, box, el("span", {}, count("leave_out", one.boilerplate.count), " ", el("small", { class: "muted" }, rules))),
    el("details", {}, el("summary", {}, t("show_lines")),
      el("ul", { class: "lines" }, one.boilerplate.lines.map((line) => el("li", {}, el("b", {}, `${t(`rule_${line.rule}`)}: `), line.text)))));
}

// a file that misses the field is meant for it too, and must not replace the page
addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (progress.hidden && !$("#make").hidden) take(event.dataTransfer.files);
});
$("#choose").addEventListener("click", () => $("#files").click());
$("#files").addEventListener("change", (event) => { take(event.target.files); event.target.value = ""; });
$("#again").addEventListener("click", () => { forget(); $("#choose").focus(); });

// --- making, with its progress ---

found.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!ready()) return;
  const wanted = {
    files: files.map((one) => ({ id: one.id, ...one.chosen, drop: one.drop })),
    name: $("#name").value.trim(),
    corpus: page.state().corpus ? "" : $("#corpus").value.trim() || $("#name").value.trim(),
  };
  begin("/api/make", wanted, page.made);
});
$("#stop").addEventListener("click", () => { ask(`/api/jobs/${job}/stop`, {}).catch(() => {}); $("#left").textContent = t("stopping"); });
/** Do a work of the server, and show how far it is; `done` gets what it gave. */
export async function begin(path, wanted, done) {
  const error = $("#make-error");
  error.hidden = true;
  calm();
  working(true);
  try {
    ({ job } = await ask(path, wanted));
    const result = await follow(job, tell);
    if (result) return done(result);
    working(false);
  } catch (refused) {
    working(false);
    if (found.hidden || !(refused instanceof Refused)) alarm(refused.message);
    else {
      error.textContent = refused.message;
      error.hidden = false;
      error.scrollIntoView({ block: "nearest" });
    }
  }
}

/** Show the progress, or the files again. */
export function working(on) {
  drop.hidden = on || ready();
  found.hidden = on || !files.length;
  progress.hidden = !on;
  page.busy(on);
  if (on) {
    tell({ stage: "", share: 0, left: null });
    $("#stop").focus();
    progress.scrollIntoView({ block: "nearest" });
  }
}
function tell(told) {
  const stage = told.stage ? told.stage[0].toUpperCase() + told.stage.slice(1) : t("preparing");
  $("#stage").textContent = `${stage} …`;
  const share = Math.round(100 * told.share);
  $("#meter").setAttribute("aria-valuenow", share);
  $("#meter").firstElementChild.style.width = `${share}%`;
  $("#left").textContent = timeLeft(told.left);
}

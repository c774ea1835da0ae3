// Files out: texts in the format of another program, with a report of what it holds otherwise, or not at all.

import { alarm, ask, calm, count, el, follow, has, number, onSpeak, t } from "./frame.js";
import { findings, program } from "./diagnosis.js";

const $ = (selector) => document.querySelector(selector);
const GROUPS = [
  ["read", ["html", "docx"]], ["memory", ["tmx", "xliff"]], ["table", ["xlsx", "csv", "tsv"]], ["study", ["tei", "xces", "cwb"]],
  ["train", ["moses", "jsonl", "parquet", "huggingface"]], ["own", ["corpus", "decisions", "beads"]],
];
const CHECKED = ["tmx", "xliff", "tei", "xces", "moses", "csv", "tsv", "xlsx"], PROFILED = ["omegat", "trados", "memoq", "excel-en", "excel-es", "opus"];
const MOST_CHECKED = 20;
const WHOLE = ["corpus", "decisions"];
let state = null, formats = {}, chosen = "tmx", picked = new Set(), done = null;

function show() {
  document.title = `${t("nav_export")}${state.corpus ? ` – ${state.corpus.title}` : ""} – bialign`;
  const texts = state.corpus?.texts ?? [];
  $("#export").hidden = !state.corpus;
  $("#nothing").hidden = Boolean(state.corpus);
  $("#groups").replaceChildren(...GROUPS.map(([group, names]) => el("div", { class: "group" }, el("h2", { id: `group-${group}` }, t(`export_${group}`)),
    names.filter((name) => formats[name] || WHOLE.includes(name)).map(format))));
  $("#picks").replaceChildren(...texts.map(pick));
  $("#all-label").hidden = texts.length < 2;
  const langs = texts[0]?.langs ?? ["en", "es"];
  for (const [side, code] of [["source", langs[0]], ["target", langs[1]]]) {
    const known = `lang_${(code ?? "").slice(0, 2)}`;
    $(`#${side}-label`).textContent = t("export_code", { lang: has(known) ? t(known) : code || "?" });
  }
  choose();
  if (done) tell();
}

function format(name) {
  const radio = el("input", { type: "radio", name: "format", value: name, onchange: () => { chosen = name; choose(); } });
  radio.checked = name === chosen;
  const suffix = name === "corpus" ? ".bialign" : name === "decisions" ? ".yaml" : formats[name].suffix;
  return el("label", { class: "format" }, radio, el("span", {}, el("b", {}, t(`out_${name}`)), suffix ? el("code", {}, suffix) : "", el("small", {}, t(`out_${name}_note`))));
}

function pick(one) {
  const box = el("input", { type: "checkbox", value: one.id, onchange: () => { if (box.checked) picked.add(one.id); else picked.delete(one.id); choose(); } });
  box.checked = picked.has(one.id);
  return el("li", {}, el("label", { class: "check" }, box, el("span", {}, one.name, " ", el("small", { class: "muted" }, count("docs_count", one.beads)))));
}

/** Show what goes with the choice. */
function choose() {
  const whole = WHOLE.includes(chosen), profiles = formats[chosen]?.profiles ?? [];
  const texts = state.corpus?.texts ?? [];
  $("#which").hidden = whole;
  $("#more").hidden = whole || chosen === "beads";
  $("#profile-field").hidden = profiles.length < 2;
  if ($("#profile").dataset.of !== chosen) $("#profile").value = "";
  const before = $("#profile").value || profiles[0];
  $("#profile").dataset.of = chosen;
  $("#profile").replaceChildren(...profiles.map((name) => el("option", { value: name, selected: name === before }, has(`profile_${name}`) ? t(`profile_${name}`) : name)));
  $("#all").checked = texts.length > 0 && texts.every((one) => picked.has(one.id));
  $("#all").indeterminate = !$("#all").checked && picked.size > 0;
  $("#go").disabled = !whole && !picked.size;
  $("#go").textContent = whole || picked.size < 2 ? t("export_do") : count("export_do_many", picked.size);
}
$("#all").addEventListener("change", () => {
  picked = new Set($("#all").checked ? state.corpus.texts.map((one) => one.id) : []);
  for (const box of document.querySelectorAll("#picks input")) box.checked = picked.has(Number(box.value));
  choose();
});

$("#export").addEventListener("submit", async (event) => {
  event.preventDefault();
  calm();
  $("#export-error").hidden = true;
  $("#report").hidden = true;
  $("#go").disabled = true;
  $("#state").textContent = t("export_writing");
  try {
    const wanted = { format: chosen };
    if (!WHOLE.includes(chosen)) {
      wanted.texts = state.corpus.texts.map((one) => one.id).filter((id) => picked.has(id));
      wanted.profile = $("#profile").value;
      wanted.codes = [$("#source-code").value.trim(), $("#target-code").value.trim()];
    }
    const { job } = await ask("/api/export", wanted);
    const result = await follow(job, () => {});
    done = { id: result.export, format: chosen, profile: wanted.profile, ...(await ask(`/api/exports/${result.export}`)) };
    tell();
    $("#report").focus();
    // one file is what was wanted: it is saved at once
    if (done.files.length === 1) $("#files a").click();
  } catch (error) {
    $("#export-error").textContent = error.message;
    $("#export-error").hidden = false;
  }
  $("#state").textContent = "";
  choose();
});

function tell() {
  $("#report").hidden = false;
  $("#report-title").textContent = count("export_done", done.files.length);
  $("#files").replaceChildren(...done.files.map((file, place) => el("li", {},
    el("a", { href: `/api/exports/${done.id}/${place}`, download: file.name.split("/").pop() }, file.name), el("small", { class: "muted" }, size(file.size)))));
  $("#zip-row").hidden = done.files.length < 2;
  $("#zip").href = `/api/exports/${done.id}/all`;
  $("#checks").replaceChildren();
  check();
  $("#notes").replaceChildren(...done.reports.map((one) => el("article", {}, el("h3", {}, one.text, el("small", { class: "muted" }, count("export_units", one.units))),
    one.notes.length ? el("ul", {}, one.notes.map((note) => el("li", {}, note))) : el("p", { class: "muted" }, t("export_whole")))));
}

/** Let the doctor look at what was written for other programs. */
async function check() {
  const { id, format: name, profile, files } = done, box = $("#checks");
  if (!CHECKED.includes(name)) return;
  const wanted = PROFILED.includes(profile) ? profile : "";
  box.textContent = t("export_checking");
  const looks = files.slice(0, MOST_CHECKED).map((_, place) => ask(`/api/exports/${id}/${place}/check?program=${wanted}`).catch(() => null));
  const told = (await Promise.all(looks)).map((one, place) => ({ ...one, name: files[place].name })).filter((one) => one.findings?.length);
  if (done.id !== id) return;
  if (!told.length) box.replaceChildren(el("p", { class: "healthy" }, "✓ ", wanted ? t("export_checked_for", { program: program(wanted) }) : t("export_checked")));
  else box.replaceChildren(...told.map((one) => el("article", {}, el("h3", {}, one.name), findings(one))));
}
const size = (bytes) => (bytes < 1e6 ? t("kilobytes", { count: Math.max(1, Math.round(bytes / 1000)) }) : t("megabytes", { count: Math.round(bytes / 1e6) }));

onSpeak(async () => {
  if (done) Object.assign(done, await ask(`/api/exports/${done.id}`).catch(() => ({})));
  if (state) show();
});
try {
  const [told, known] = await Promise.all([ask("/api/state"), ask("/api/formats")]);
  state = told;
  formats = Object.fromEntries(known.map((one) => [one.name, one]));
  const asked = Number(new URLSearchParams(location.search).get("text"));
  const ids = (state.corpus?.texts ?? []).map((one) => one.id);
  picked = new Set(ids.includes(asked) ? [asked] : ids);
  show();
} catch (error) {
  alarm(error.message);
}
document.documentElement.dataset.ready = "";

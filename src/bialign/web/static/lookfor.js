// What is searched for: the form, and the address that keeps it.

import { count, el, has, t } from "./frame.js";
import { STATUSES } from "./statuses.js";

const $ = (selector) => document.querySelector(selector);
export const FLAGS = ["lemma", "case", "accents", "plain_n", "regex"];
const FIELDS = ["q", "with", "without", "in", "min", "max", "sample"];
const TYPES = ["1-1", "1-2", "2-1", "2-2", "many", "null"];
const ONLY = ["moved", "omitted"];
export const SORTS = ["", "1L,2L,3L", "1R,2R,3R", "node,1R", "place", "document", "probability"];
/** What narrows a search beyond its words. */
const NARROW = ["in", "status", "type", "min", "max", "only", "sample"];

/** Make the choices of the form in the language of the page; `scope` tells languages and names. */
export function fillForm(scope, look) {
  const where = [["", t("co_either")], ...scope.langs.map((lang) => [`lang:${lang}`, t("co_in_lang", { lang: has(`lang_${lang}`) ? t(`lang_${lang}`) : lang })]), ["side:source", t("co_source")], ["side:target", t("co_target")]];
  $("#where").replaceChildren(...where.map(([value, label]) => el("option", { value }, label)));
  const chips = (box, name, values, label) => $(box).replaceChildren(...values.map((value) => el("button", { type: "button", "data-set": name, "data-value": value }, label(value))));
  chips("#statuses", "status", STATUSES, (value) => t(`status_${value}`));
  chips("#types", "type", TYPES, (value) => (has(`co_type_${value}`) ? t(`co_type_${value}`) : value.replace("-", "–")));
  $("#types").append(...ONLY.map((value) => el("button", { type: "button", "data-only": value }, t(`co_only_${value}`))));
  $("#names").replaceChildren(...scope.names.map((value) => el("option", { value })));
  $("#sort").replaceChildren(...SORTS.map((value) => el("option", { value }, t(`co_sort_${value.split(",")[0] || "found"}`))));
  show(look);
}

/** Read the form into the search, beside what it holds that no field shows. */
export function read(look) {
  for (const name of FIELDS) put(look, name, $(`#${name}`).value.trim());
  const [kind, value] = $("#where").value.split(":");
  look.delete("lang");
  look.delete("side");
  if (value) look.set(kind, value);
  return look;
}
export function put(look, name, value) {
  if (value) look.set(name, value);
  else look.delete(name);
}

/** Turn a button of the form: a flag, one of a set, one of two that exclude each other. */
export function turn(look, button) {
  const { flag, set, value, only } = button.dataset;
  if (flag) put(look, flag, look.get(flag) ? "" : "1");
  else if (only) put(look, "only", look.get("only") === only ? "" : only);
  else if (set) {
    const held = look.getAll(set);
    look.delete(set);
    for (const one of held.includes(value) ? held.filter((each) => each !== value) : [...held, value]) look.append(set, one);
  }
}

/** Show a search in the form. */
export function show(look) {
  for (const name of FIELDS) {
    const field = $(`#${name}`), value = look.get(name) ?? "";
    // where somebody is typing nothing is put back that was only trimmed
    if (field.value.trim() !== value) field.value = value;
  }
  $("#where").value = look.get("lang") ? `lang:${look.get("lang")}` : look.get("side") ? `side:${look.get("side")}` : "";
  $("#sort").value = look.get("sort") ?? "";
  for (const button of document.querySelectorAll("[data-flag], [data-set], [data-only]")) {
    const { flag, set, value, only } = button.dataset;
    const on = flag ? look.has(flag) : only ? look.get("only") === only : look.getAll(set).includes(value);
    button.setAttribute("aria-pressed", String(on));
  }
  const narrowed = new Set([...look.keys()].filter((name) => NARROW.includes(name))).size;
  $("#narrow").textContent = narrowed ? count("co_narrowed", narrowed) : t("co_narrow");
  $("#narrow").classList.toggle("chosen", narrowed > 0);
  $("#again").hidden = !look.get("sample");
  $("#clear").hidden = !narrowed;
}
export function widen(look) {
  for (const name of [...NARROW, "seed"]) look.delete(name);
}

/** Give the parameters the server needs. */
export function asked(look, more = {}) {
  const wanted = new URLSearchParams(look);
  for (const name of ["in"]) {
    const names = (look.get(name) ?? "").split(",").map((one) => one.trim()).filter(Boolean);
    wanted.delete(name);
    for (const one of names) wanted.append(name, one);
  }
  for (const name of ["view", "at"]) wanted.delete(name);
  for (const [name, value] of Object.entries(more)) wanted.set(name, value);
  return wanted;
}

// What annotators said of a bead, as a list below it: changed, taken out, said to be right, decided between.

import { el, t } from "./frame.js";
import { badge } from "./marking.js";

const titleOf = (scheme, name) => scheme.labels.find((label) => label.name === name)?.title ?? (name || t("an_none_fits"));

/** Draw the annotations of a bead; `does` are the functions that buttons call, `mine` the name of the annotator. */
export function notesOf(bead, notes, difference, { scheme, mine, current, readOnly, taken, does }) {
  const items = notes.map((note) => item(note, difference, { scheme, mine, current, readOnly, taken, does, overruled: overruled(note, notes) }));
  const list = items.length ? el("ul", { class: "notes", "aria-label": t("an_notes") }, items) : "";
  if (!difference) return [list];
  const open = !difference.decided;
  const told = open ? t("an_differ") : t("an_decided");
  const silent = difference.silent.length ? ` ${t("an_silent", { who: difference.silent.join(", ") })}` : "";
  const buttons = open && current && !readOnly ? el("div", { class: "decide", role: "group", "aria-label": t("an_decide") },
    el("button", { type: "button", "data-act": "decide", disabled: !taken.size, onclick: () => does.decide(difference, [...taken]) }, t("an_decide")),
    el("button", { type: "button", "data-act": "none", onclick: () => does.decide(difference, []) }, t("an_none_right"))) : "";
  return [list, el("p", { class: "differs" }, `≠ ${told}${silent}`), buttons];
}
/** Tell whether a decision settled a note and took another label. */
function overruled(note, notes) {
  const decisions = notes.filter((one) => one.decides.includes(note.id));
  return decisions.length > 0 && !decisions.some((one) => one.label === note.label);
}

function item(note, difference, { scheme, mine, current, readOnly, taken, does, overruled: lost }) {
  const own = note.who === mine && !readOnly && current;
  const words = note.words.filter(Boolean).map((text) => `“${text.length > 90 ? `${text.slice(0, 89)}…` : text}”`).join(" → ");
  const differs = current && !readOnly && difference && !difference.decided && difference.ids.includes(note.id);
  return el("li", { class: `note${note.decides.length ? " decision" : ""}${lost ? " overruled" : ""}`, "data-note": note.id, onpointerenter: () => does.light(note.id), onpointerleave: () => does.light(0) },
    el("span", { class: "what" }, `${badge(scheme, note)} · ${titleOf(scheme, note.label)}`),
    el("span", { class: "by" }, note.decides.length ? t("an_decided_by", { who: note.who }) : note.who),
    el("span", { class: "words" }, words),
    differs ? el("button", { type: "button", "data-act": "take", "aria-pressed": String(taken.has(note.id)), onclick: () => does.take(note.id) }, t("an_right")) : "",
    own ? [
      note.label ? el("select", { "aria-label": t("an_relabel"), onchange: (event) => does.change(note, { label: event.target.value }) },
        scheme.labels.map((label) => el("option", { value: label.name, selected: label.name === note.label }, label.title))) : "",
      el("button", { type: "button", "data-act": "note", onclick: () => does.note(note) }, t("an_note")),
      el("button", { type: "button", "data-act": "remove", onclick: () => does.remove(note) }, t("an_remove"))] : "",
    note.note ? el("span", { class: "said" }, note.note) : "",
    note.was ? el("span", { class: "warn" }, `⚠ ${t("an_was", { text: note.was })} `, own ? el("button", { type: "button", "data-act": "keep", onclick: () => does.keep(note) }, t("an_keep")) : "") : "");
}

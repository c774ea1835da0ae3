// What the doctor found in a file, as elements.

import { count, el, has, number, t } from "./frame.js";

const SIGNS = { refuses: "✗", loses: "!", warns: "·" };
export const PROGRAMS = ["omegat", "omegat-old", "trados", "memoq", "excel-en", "excel-es", "opus", "moses", "xmllint"];

/** Name a program. */
export const program = (id) => (has(`program_${id}`) ? t(`program_${id}`) : id);

/** Tell in one line what a file is. */
export const facts = (told) => [told.format || t("doctor_unknown"), ...told.facts, told.units === null ? "" : count("export_units", told.units)].filter(Boolean).join(" · ");

/** Make a list of all that was found. */
export function findings(told) {
  if (!told.findings.length) return el("p", { class: "healthy" }, el("span", { "aria-hidden": "true" }, "✓ "), t("doctor_healthy"));
  return el("ul", { class: "findings" }, told.findings.map((one) => el("li", { class: one.severity },
    el("p", { class: "finding" }, el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[one.severity]), el("b", {}, one.message)),
    el("p", {}, Object.entries(one.effects).filter(([, names]) => names.length).map(([severity, names]) => t(`doctor_${severity}`, { programs: names.map(program).join(", ") })).join("; ")),
    el("p", { class: "cure" }, one.cure, one.fixable ? el("span", { class: "can" }, t("doctor_can")) : ""),
    one.places.length ? places(one) : "")));
}

function places(one) {
  const rest = one.count - one.places.length;
  return el("details", {}, el("summary", {}, count("doctor_places", one.count)),
    el("ul", { class: "lines" }, one.places.map((place) => el("li", {}, place.where, place.where && place.excerpt ? ": " : "", place.excerpt ? el("code", {}, place.excerpt) : "")),
      rest > 0 ? el("li", {}, t("and_more", { count: number(rest) })) : ""));
}

// What hits become in the translation, and in which documents they stand: counts with bars, and the way to the hits.

import { count, el, lang, number, percent, t } from "./frame.js";
import { marked } from "./hitlist.js";

const decimal = (value, digits) => value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });

function bar(share) {
  const inner = el("i");
  inner.style.width = `${Math.max(1, 100 * share)}%`;
  return el("span", { class: "share", "aria-hidden": "true" }, inner);
}

/** Draw renderings; `choose` shows the hits of one. */
export function drawRenderings(box, told, choose) {
  const most = Math.max(1, ...told.groups.map((group) => group.count));
  const rows = told.groups.map((group, index) => {
    const forms = group.forms.map(([form, many]) => (group.forms.length > 1 || many !== group.count ? `${form} ${number(many)}` : form)).join(", ");
    const examples = el("ul", { class: "examples", id: `examples-${index}`, hidden: true });
    const open = el("button", { type: "button", class: "group", "aria-expanded": "false", "aria-controls": examples.id, onclick: () => {
      examples.hidden = !examples.hidden;
      open.setAttribute("aria-expanded", String(!examples.hidden));
      if (!examples.childElementCount) examples.append(...group.examples.map(example));
    } }, el("b", { lang: group.lang || null }, group.lemma), bar(group.count / most), el("span", { class: "many" }, number(group.count)), el("span", { class: "part" }, group.share < 0.005 ? percent(4).replace("0", "<1") : percent(1000 * group.share)), el("span", { class: "forms", lang: group.lang || null }, forms));
    return el("li", {}, open, el("button", { type: "button", class: "plain go", onclick: () => choose(group), "aria-label": t("co_hits_of", { name: group.lemma }) }, t("co_hits")), examples);
  });
  box.replaceChildren(el("ol", { class: "groups" }, rows), el("p", { class: "muted foot-note" }, [
    t("co_looked_at", { looked: told.looked, hits: told.hits }), told.none ? ` ${count("co_unrendered", told.none)}` : "", told.all > told.groups.length ? ` ${t("and_more", { count: told.all - told.groups.length })}` : "",
  ].join("")));
}

function example(hit) {
  const side = (name) => el("p", { lang: hit[name].lang || null }, marked(hit[name].text, hit[name].marks.map((mark) => [...mark, name === hit.side ? "" : "also"])));
  return el("li", {}, side(hit.side), side(hit.side === "s" ? "t" : "s"), el("p", { class: "place" }, el("a", { href: `/text/${hit.text}?from=concordance#${hit.bead}` }, hit.cite)));
}

/** Draw in which documents hits stand; `choose` narrows the search to one. */
export function drawDocuments(box, told, choose) {
  const most = Math.max(1, ...told.parts.map((part) => part.rate));
  const rows = told.parts.map((part) => el("tr", {},
    el("th", { scope: "row" }, el("button", { type: "button", class: "link", onclick: () => choose(part) }, part.title || part.name), part.title && part.title !== part.name ? el("small", {}, ` ${part.name}`) : ""),
    el("td", {}, bar(part.rate / most)), el("td", {}, number(part.hits)), el("td", { class: "wide" }, number(part.words)), el("td", {}, decimal(part.rate, 1))));
  const head = ["co_document", "", "co_hits", "co_words", "co_rate"].map((key, index) => (key ? el("th", { scope: "col", class: index === 3 ? "wide" : null }, t(key)) : el("td")));
  const measures = [told.d === null ? "" : t("co_juilland", { value: decimal(told.d, 2) }), t("co_gries", { value: decimal(told.dp, 2) })].filter(Boolean).join(" · ");
  box.replaceChildren(el("table", { class: "parts" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)), el("p", { class: "muted foot-note" }, measures));
}

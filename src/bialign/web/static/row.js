// One bead as a row: its segments on both sides, and between them the links that say what belongs together.

import { el, has, number, percent, t } from "./frame.js";
import { STATUSES, doubtful, happened, level } from "./model.js";

const SVG = "http://www.w3.org/2000/svg";
const GUTTER = 132;

/** Say a bead in words, for those who hear the page. */
export function spokenLabel(bead, model) {
  const kind = happened(bead);
  const parts = [t("bead_number", { number: bead.row + 1 })];
  parts.push(kind ? `${bead.sources}–${bead.targets} ${t(`kind_${kind}`)}` : "1–1");
  if (bead.status) parts.push(t(`status_${STATUSES[bead.status]}`));
  else parts.push(t("probability_is", { percent: percent(bead.p) }));
  if (model.moved.has(bead.id)) parts.push(t("moved"));
  if (bead.comment) parts.push(t("has_comment"));
  return parts.join(", ");
}

/** Fill the row of a bead. `view` tells what is current: { model, current, side, segment, selected, context, linking }. */
export function drawRow(row, bead, index, view) {
  const { model } = view;
  const text = model.texts.get(bead.id);
  const current = view.current === bead;
  const focused = row === document.activeElement;
  const classes = ["bead", `is-${STATUSES[bead.status]}`];
  if (doubtful(bead)) classes.push("is-doubt");
  if (!bead.sources || !bead.targets) classes.push("is-null");
  if (current) classes.push("current");
  if (view.selected.has(bead)) classes.push("selected");
  if (view.linking === bead) classes.push("linking");
  if (text && opensParagraph(bead, text, model)) classes.push("opens");
  row.className = classes.join(" ");
  row.dataset.id = bead.id;
  row.tabIndex = current ? 0 : -1;
  row.setAttribute("aria-posinset", index + 1);
  row.setAttribute("aria-setsize", view.total);
  row.setAttribute("aria-label", spokenLabel(bead, model));
  if (current) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
  // what is being written is not taken away
  if (view.editing === bead && row.querySelector(".editor")) return;
  const sides = text ? [side("s", bead, text, view, current), side("t", bead, text, view, current)] : [blank("s", bead), blank("t", bead)];
  const context = current && view.context && text ? view.context(bead) : null;
  row.replaceChildren(
    ...(context?.before ? [neighbour(context.before, model)] : []),
    sides[0], middle(bead, model), sides[1],
    ...notes(bead, text, view.findings?.(bead) ?? []),
    ...(context?.after ? [neighbour(context.after, model)] : []),
  );
  if (focused) row.focus({ preventScroll: true });
}

function opensParagraph(bead, text, model) {
  const before = model.beads[bead.row - 1], held = before && model.texts.get(before.id);
  if (!held) return false;
  const opens = (name) => text[name].length > 0 && held[name].length > 0 && text[name][0][2] !== held[name].at(-1)[2];
  return opens("s") || opens("t");
}

function side(name, bead, text, view, current) {
  const lang = view.model.documents[name === "s" ? 0 : 1].lang;
  const segments = text[name];
  const box = el("div", { class: `side ${name}`, lang: lang || null });
  if (!segments.length) {
    const moved = view.model.moved.get(bead.id);
    const goal = moved && view.model.byId.get(moved.to);
    box.classList.add("gap");
    box.append(goal
      ? el("span", { lang: document.documentElement.lang }, `${t("moved_to")} `, el("button", { type: "button", class: "to", "data-to": goal.id, tabindex: current ? null : "-1" }, number(goal.row + 1)))
      : el("span", { lang: document.documentElement.lang }, t(name === "t" ? "left_out" : "added")));
    return box;
  }
  segments.forEach((segment, index) => {
    const active = current && view.side === name && view.segment === index;
    if (index && current && segments.length > 1) {
      box.append(el("button", { type: "button", class: "cut", "data-cut": `${name}${index}`, "aria-label": t("split_here"), title: t("split_here"), tabindex: "-1" }, "✂"));
    }
    box.append(el("p", { class: `seg${active ? " active" : ""}`, "data-side": name, "data-index": index }, segment[1]));
  });
  return box;
}

function blank(name, bead) {
  const many = name === "s" ? bead.sources : bead.targets;
  const box = el("div", { class: `side ${name} blank`, "aria-hidden": "true" });
  for (let index = 0; index < many; index++) box.append(el("p", { class: "seg" }, "\u00a0"));
  return box;
}

function middle(bead, model) {
  const kind = happened(bead);
  const confirmed = bead.status === 1;
  const mark = confirmed ? "✓" : bead.status === 2 ? "✗" : percent(bead.p).replace(/\s?%$/, "") + (bead.status === 3 ? " ?" : "");
  const label = bead.status ? t(`status_${STATUSES[bead.status]}`) : t("probability_is", { percent: percent(bead.p) });
  const node = el("button", { type: "button", class: `node ${confirmed ? "done" : bead.status === 2 ? "wrong" : level(bead.p)}`, "data-why": bead.id, tabindex: "-1", "aria-label": `${label}: ${t("why")}`, title: `${label} · ${t("why")}` }, mark);
  const below = [el("span", { class: "number" }, number(bead.row + 1))];
  if (kind) below.push(el("span", { class: "kind" }, `${bead.sources}–${bead.targets}`), el("span", { class: "kind word" }, t(`kind_${model.moved.has(bead.id) ? "move" : kind}`)));
  return el("div", { class: "mid" }, node, el("div", { class: "below" }, below));
}

function notes(bead, text, findings) {
  const lines = findings.map((one) => el("p", { class: `note finding is-${one.severity}` }, el("b", {}, `${t(`gl_severity_${one.severity}`)}: `), one.said));
  if (text?.comment) lines.push(el("p", { class: "note comment" }, el("b", {}, `${t("comment")}: `), text.comment));
  // the aligner's own words are told when they are asked for
  if (text?.reason && bead.status !== 0) lines.push(el("p", { class: "note" }, has(`null_${text.reason}`) ? t(`null_${text.reason}`) : text.reason));
  return lines.length ? [el("div", { class: "notes" }, lines)] : [];
}

function neighbour(bead, model) {
  const text = model.texts.get(bead.id);
  const say = (name) => (text ? text[name].map((segment) => segment[1]).join(" ") : "");
  return el("div", { class: "context", "aria-hidden": "true", "data-to": bead.id },
    el("span", { class: "s" }, say("s")), el("span", { class: "m" }, number(bead.row + 1)), el("span", { class: "t" }, say("t")));
}

/** Draw the links of rows that are in the page: all is measured first, then all is drawn. */
export function drawLinks(rows) {
  const measured = [];
  for (const row of rows) {
    const mid = row.querySelector(".mid");
    if (!mid || !mid.offsetParent || row.querySelector(".blank")) continue;
    const top = mid.offsetTop, ends = ["s", "t"].map((name) => [...row.querySelectorAll(`.side.${name} > .seg, .side.${name} > .editor`)].map((seg) => [seg.offsetTop - top, seg.offsetHeight]));
    measured.push({ mid, ends, height: mid.offsetHeight, width: mid.offsetWidth, node: mid.firstElementChild.tagName === "svg" ? mid.children[1] : mid.firstElementChild });
  }
  for (const one of measured) draw(one);
}

function draw({ mid, ends, height, width }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "links");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("width", width || GUTTER);
  svg.setAttribute("height", height);
  const x = (width || GUTTER) / 2, y = 17, shapes = [];
  ends.forEach((segments, side) => {
    const edge = side ? width - 1.5 : 1.5, inner = side ? x + 17 : x - 17, out = side ? 1 : -1, stem = edge - 9 * out;
    for (const [top, tall] of segments) {
      const at = top + 17;
      shapes.push(`M${edge} ${top + 5}V${Math.max(top + 10, top + tall - 5)}`);
      // a branch goes down near its sentence, where no word stands
      if (at === y) shapes.push(`M${edge} ${at}H${inner}`);
      else shapes.push(`M${inner} ${y}H${stem - 8 * out}Q${stem} ${y} ${stem} ${y + 8}V${at - 8}Q${stem} ${at} ${edge} ${at}`);
    }
    if (!segments.length) shapes.push(`M${side ? x + 17 : x - 17} ${y}h${side ? 9 : -9}m0 -5v10`);
  });
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", shapes.join(""));
  svg.append(path);
  const old = mid.querySelector(":scope > svg");
  if (old) old.replaceWith(svg);
  else mid.prepend(svg);
}


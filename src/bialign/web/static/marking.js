// Words of a bead: drawn with what is marked in them, chosen with the mouse or one by one, and counted in letters.

import { el, t, units } from "./frame.js";

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’·-][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;

/** Turn one of JavaScript's units into a number of letters, the reverse of `units`. */
export const letters = (text, at) => (/[\ud800-\udbff]/.test(text) ? [...text.slice(0, at)].length : at);

/** Give the words of a bead in the order they are read, source first: side, place, and where each begins and ends. */
export function wordsOf(bead) {
  return ["s", "t"].flatMap((side) => bead[side].flatMap(([place, text]) =>
    [...text.matchAll(WORD)].map((found) => ({ side, place, start: found.index, stop: found.index + found[0].length }))));
}
/** Give the stretches from one word to another, one for each segment. */
export function stretches(words) {
  const found = [];
  for (const word of words) {
    const last = found.at(-1);
    if (last && last.side === word.side && last.place === word.place) last.stop = word.stop;
    else found.push({ ...word });
  }
  return found;
}
export const same = (one, other) => one.side === other.side && one.place === other.place && one.start === other.start && one.stop === other.stop;
export const textOf = (bead, side, place) => bead[side].find((one) => one[0] === place)?.[1] ?? "";

/** Give the stretches that the browser's own selection covers inside of a list of beads. */
export function chosen(list) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0), found = [];
  if (!list.contains(range.commonAncestorContainer)) return [];
  for (const seg of list.querySelectorAll(".seg")) {
    if (!range.intersectsNode(seg)) continue;
    const text = seg.textContent;
    let start = seg.contains(range.startContainer) ? before(seg, range.startContainer, range.startOffset) : 0;
    let stop = seg.contains(range.endContainer) ? before(seg, range.endContainer, range.endOffset) : text.length;
    while (start < stop && /\s/.test(text[start])) start++;
    while (stop > start && /\s/.test(text[stop - 1])) stop--;
    if (start < stop) found.push({ bead: Number(seg.closest(".bead").dataset.id), side: seg.dataset.side, place: Number(seg.dataset.place), start, stop });
  }
  return found;
}
function before(seg, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(seg);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Draw a segment: `notes` with their marks, what is picked and where the reader is among the words. */
export function segment([place, text], side, lang, { notes, scheme, picks, at, lit }) {
  const here = (one) => one.side === side && one.place === place;
  const marks = notes.flatMap((note) => note.marks.filter((mark) => mark[0] === side && mark[1] === place)
    .map((mark) => ({ note, start: units(text, mark[2]), stop: units(text, mark[3]) })));
  const picked = picks.filter(here), cursor = at.filter(here);
  const borders = [0, text.length, ...[...marks, ...picked, ...cursor].flatMap((one) => [one.start, one.stop])];
  const ordered = [...new Set(borders)].sort((a, b) => a - b);
  const pieces = ordered.slice(1).map((stop, number) => piece(text, ordered[number], stop, { marks, picked, cursor, scheme, lit }));
  return el("span", { class: "seg", "data-side": side, "data-place": place, lang }, pieces);
}
function piece(text, start, stop, { marks, picked, cursor, scheme, lit }) {
  const covers = (one) => one.start <= start && stop <= one.stop;
  const over = marks.filter(covers), names = [];
  // a line below all of a sentence is there to be seen, not to shout
  const parts = over.filter((mark) => mark.start > 0 || mark.stop < text.length);
  if (over.length) names.push("in", `u${style(scheme, (parts[0] ?? over[0]).note)}`);
  if (over.length && !parts.length) names.push("whole");
  if (parts.length && over.length > 1) names.push("several");
  if (over.some((mark) => mark.note.id === lit)) names.push("lit");
  if (picked.some(covers)) names.push("picked");
  if (cursor.some(covers)) names.push("at");
  if (!names.length) return text.slice(start, stop);
  const ends = over.filter((mark) => mark.stop === stop).map((mark) => badge(scheme, mark.note)).join(" ");
  return el("span", { class: names.join(" "), "data-end": ends || null }, text.slice(start, stop));
}
const style = (scheme, note) => Math.max(0, scheme.labels.findIndex((label) => label.name === note.label)) % 8;
const initials = (name) => name.split(/\s+/).map((part) => [...part][0] ?? "").join("").slice(0, 2).toUpperCase();
/** Give the sign at the end of what is marked: the label's key and the annotator's initials. */
export function badge(scheme, note) {
  const key = scheme.labels.find((label) => label.name === note.label)?.key ?? "∅";
  return `${key} ${note.decides.length ? "✓" : ""}${initials(note.who)}`;
}

/** Draw a side of a bead. */
export function sideOf(bead, side, lang, drawn) {
  const parts = bead[side].flatMap((one, number) => [number ? " " : "", segment(one, side, lang, drawn)]);
  return el("div", { class: "side" }, parts.length ? parts : el("span", { class: "empty" }, t("an_nothing_there")));
}

// What the glossary and the words know of the text: terms are marked, their entries and the check's findings shown
// where one points; the words that go together light up.

import { ask, count, el, t, units } from "./frame.js";
import { show } from "./panels.js";

const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'-][\p{L}\p{M}\p{N}]+)*/gu;
const KEPT = 3000, HOVER = 90, LEAVING = 220, PAUSE = 150;
const able = "highlights" in CSS;
const tip = document.querySelector("#gloss");

export class Glosses {
  constructor(model, { list, rows }) {
    Object.assign(this, { model, list, rows, known: new Map(), found: new Map(), concepts: {}, linked: new Map(), asking: new Set(), none: false });
    const box = document.querySelector("#list");
    box.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") this.point(event); });
    box.addEventListener("pointerleave", () => this.away());
    tip.addEventListener("pointerenter", () => clearTimeout(this.leaving));
    tip.addEventListener("pointerleave", () => this.away());
    document.querySelector("#scroller").addEventListener("scroll", () => this.hide(), { passive: true });
  }

  /** Give the words of both sides of a bead: what was learned is true as long as they are the same. */
  words(bead) {
    const text = this.model.texts.get(bead.id);
    return text && ["s", "t"].map((name) => text[name].map((segment) => segment[1]).join(" "));
  }
  held(map, bead) {
    const one = map.get(bead.id), words = one && this.words(bead);
    return words && one.words.join("\n") === words.join("\n") ? one : null;
  }
  keep(map, bead, words, values) {
    if (map.size >= KEPT) for (const id of [...map.keys()].slice(0, KEPT / 3)) map.delete(id);
    map.set(bead.id, { words, ...values });
  }
  findings(bead) {
    return this.held(this.found, bead)?.findings ?? [];
  }

  /** Learn of the beads that are seen, a little after the reader has come to rest. */
  see(beads) {
    this.paint();
    if (this.none) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.learn(beads), PAUSE);
  }
  async learn(beads) {
    const fresh = (map) => beads.filter((bead) => !bead.gone && this.words(bead) && !this.held(map, bead) && !this.asking.has(`${map === this.known}${bead.id}`)).slice(0, 150);
    await this.ask(this.known, fresh(this.known), (some) => `terms?ids=${some.map((bead) => bead.id).join(",")}`, (told, bead) => ({ sides: told.beads[bead.id] ?? [[], []] }));
    if (this.none) return;
    await this.ask(this.found, fresh(this.found), (some) => `findings?rows=${some.map((bead) => bead.row).join(",")}`, (told, bead) => ({ findings: told.filter((one) => one.bead === bead.id) }));
  }
  async ask(map, beads, address, read) {
    if (!beads.length) return;
    const keys = beads.map((bead) => `${map === this.known}${bead.id}`), words = beads.map((bead) => this.words(bead));
    for (const key of keys) this.asking.add(key);
    try {
      const told = await ask(`/api/texts/${this.model.id}/${address(beads)}`);
      if (told.concepts) {
        Object.assign(this.concepts, told.concepts);
        this.none = told.glossary === false;
      }
      beads.forEach((bead, index) => this.keep(map, bead, words[index], read(told, bead)));
      const changed = beads.filter((bead) => this.findings(bead).length);
      if (map === this.found && changed.length) this.list.redraw(changed);
      else this.paint();
    } catch {
      // what the glossary knows is an extra: the page tells of a lost server by itself
    } finally {
      for (const key of keys) this.asking.delete(key);
    }
  }

  // --- marks ---

  /** Give the range of a stretch of one side of a bead, counted in units, in the row that shows it; null where it is not shown. */
  ranges(row, name, start, stop) {
    const found = [];
    let at = 0;
    for (const segment of row.querySelectorAll(`.side.${name} > .seg`)) {
      const node = segment.firstChild;
      if (node?.nodeType !== Node.TEXT_NODE) return found;
      const from = Math.max(0, start - at), to = Math.min(node.data.length, stop - at);
      if (from < to) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        found.push(range);
      }
      at += node.data.length + 1;
    }
    return found;
  }
  paint() {
    if (!able) return;
    const terms = [], faults = [];
    for (const [id, row] of this.rows()) {
      const bead = this.model.byId.get(id), held = bead && this.held(this.known, bead);
      if (!held || row.querySelector(".editor")) continue;
      ["s", "t"].forEach((name, side) => {
        const text = held.words[side];
        for (const [start, stop] of held.sides[side]) terms.push(...this.ranges(row, name, units(text, start), units(text, stop)));
        for (const one of this.findings(bead)) for (const [start, stop] of one.spans[side]) faults.push(...this.ranges(row, name, units(text, start), units(text, stop)));
      });
    }
    this.light("term", terms);
    this.light("fault", faults);
  }
  light(name, ranges) {
    if (!able) return;
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  // --- pointing ---

  /** Tell what is under the pointer: the bead, the side, and where in it. */
  under({ clientX: x, clientY: y, target }) {
    const segment = target.closest?.(".seg"), row = segment?.closest(".bead");
    const bead = row && this.model.byId.get(Number(row.dataset.id));
    if (!bead || !this.words(bead)) return null;
    const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer, offset = caret?.offset ?? caret?.startOffset;
    if (node !== segment.firstChild || node?.nodeType !== Node.TEXT_NODE) return null;
    const word = [...node.data.matchAll(WORD)].find((one) => one.index <= offset && one.index + one[0].length >= offset);
    if (!word) return null;
    const range = new Range();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = [...range.getClientRects()].find((one) => x >= one.left - 2 && x <= one.right + 2 && y >= one.top - 2 && y <= one.bottom + 2);
    if (!box) return null;
    const name = segment.dataset.side;
    let before = 0;
    for (const one of segment.parentElement.querySelectorAll(":scope > .seg")) {
      if (one === segment) break;
      before += one.textContent.length + 1;
    }
    return { bead, row, name, start: before + word.index, stop: before + word.index + word[0].length, box };
  }
  point(event) {
    const at = this.under(event);
    if (!at) { if (this.last) this.away(); return; }
    const key = `${at.bead.id} ${at.name} ${at.start}`;
    clearTimeout(this.leaving);
    if (key === this.last) return;
    this.last = key;
    clearTimeout(this.hovering);
    this.hovering = setTimeout(() => this.tell(at, key), HOVER);
  }
  away() {
    clearTimeout(this.hovering);
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.hide(), LEAVING);
  }
  /** Put away what was shown; tells whether there was something. */
  hide() {
    clearTimeout(this.hovering);
    const shown = !tip.hidden;
    tip.hidden = true;
    this.last = "";
    this.light("linked", []);
    return shown;
  }

  async tell(at, key) {
    const held = this.held(this.known, at.bead), side = at.name === "s" ? 0 : 1;
    const text = this.words(at.bead)[side];
    const meets = ([start, stop]) => units(text, start) < at.stop && units(text, stop) > at.start;
    const concepts = [...new Set((held?.sides[side] ?? []).filter(meets).map((one) => one[2]))];
    const findings = this.findings(at.bead).filter((one) => one.spans[side].some(meets) || concepts.includes(one.concept));
    tip.hidden = !concepts.length && !findings.length;
    if (!tip.hidden) {
      tip.replaceChildren(...findings.map(finding), ...concepts.map((id) => this.entry(id)));
      const width = tip.offsetWidth, height = tip.offsetHeight, below = at.box.bottom + 6;
      tip.style.left = `${Math.max(8, Math.min(at.box.left, innerWidth - width - 8))}px`;
      tip.style.top = `${below + height > innerHeight - 8 ? Math.max(8, at.box.top - height - 6) : below}px`;
    }
    const links = await this.links(at.bead);
    if (this.last !== key || !at.row.isConnected) return;
    const own = side ? 2 : 0, other = side ? 0 : 2, name = side ? "s" : "t";
    const mine = links.filter((link) => link[own] < at.stop && link[own + 1] > at.start);
    this.light("linked", [...this.ranges(at.row, at.name, at.start, at.stop), ...mine.flatMap((link) => this.ranges(at.row, name, link[other], link[other + 1]))]);
  }

  /** Give the links between the words of a bead, counted in units. */
  async links(bead) {
    const held = this.held(this.linked, bead);
    if (held) return held.links;
    const words = this.words(bead);
    const told = await ask(`/api/beads/${bead.id}/links`).catch(() => []);
    const links = told.map(([a, b, c, d]) => [units(words[0], a), units(words[0], b), units(words[1], c), units(words[1], d)]);
    this.keep(this.linked, bead, words, { links });
    return links;
  }

  entry(id) {
    const concept = this.concepts[id] ?? { terms: [], definition: {} }, langs = [...new Set(concept.terms.map((term) => term[1]))];
    const here = document.documentElement.lang, definition = concept.definition[here] ?? concept.definition[""] ?? Object.values(concept.definition)[0] ?? "";
    return el("div", { class: "entry-of" },
      langs.map((lang) => el("p", { class: "names", lang }, concept.terms.filter((term) => term[1] === lang).map((term, index) => [index ? " · " : "", el("span", { class: term[2] }, term[0])]))),
      definition ? el("p", { class: "def" }, definition) : "",
      el("p", {}, el("a", { href: `/glossary?id=${encodeURIComponent(id)}` }, t("gl_entry"))));
  }

  /** Show beside the text all that is known of a bead's words. */
  async panel(bead) {
    const title = t("terms_title", { number: bead.row + 1 });
    show(title, el("p", { class: "muted" }, t("loading")));
    await this.model.fetch([bead]);
    await this.learn([bead]);
    const held = this.held(this.known, bead), concepts = [...new Set((held?.sides ?? []).flat().map((one) => one[2]))];
    const [source, target] = this.words(bead), links = await this.links(bead);
    const langs = this.model.documents.map((one) => one.lang);
    const pairs = links.map((link) => [source.slice(link[0], link[1]), target.slice(link[2], link[3])]).filter((pair) => pair.every((word) => /[\p{L}\p{N}]/u.test(word)));
    show(title, ...this.findings(bead).map(finding), concepts.length ? el("h3", {}, count("terms_count", concepts.length)) : el("p", { class: "muted" }, t("terms_none")), ...concepts.map((id) => this.entry(id)),
      pairs.length ? el("h3", {}, t("terms_words")) : "", el("div", { class: "word-pairs" }, pairs.map(([one, other]) => [el("span", { lang: langs[0] }, one), el("span", { lang: langs[1] }, other)])));
  }
}
const finding = (one) => el("p", { class: `note finding is-${one.severity}` }, el("b", {}, `${t(`gl_severity_${one.severity}`)}: `), one.said);

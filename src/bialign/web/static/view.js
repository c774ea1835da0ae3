// What is shown of the text, in which order, and where the reader is.

import { doubtful, happened } from "./model.js";

export const ORDERS = ["reading", "doubtful"];
export const KINDS = ["changed", "split", "join", "regrouped", "omission", "addition", "moved", "comment"];

export class View {
  constructor(model) {
    Object.assign(this, { model, order: "reading", status: "", kind: "", items: [], current: null, side: "s", segment: 0 });
    this.selected = new Set();
    this.linking = null;
  }

  get total() {
    return this.items.length;
  }
  get narrowed() {
    return this.order !== "reading" || this.status !== "" || this.kind !== "";
  }

  fits(bead) {
    if (this.status === "doubt" ? !doubtful(bead) : this.status !== "" && bead.status !== Number(this.status)) return false;
    switch (this.kind) {
      case "": return true;
      case "changed": return happened(bead) !== "";
      case "moved": return this.model.moved.has(bead.id);
      case "comment": return bead.comment;
      default: return happened(bead) === this.kind || `${bead.sources}-${bead.targets}` === this.kind;
    }
  }

  /** Choose anew what is shown. */
  choose() {
    const items = this.model.beads.filter((bead) => this.fits(bead));
    if (this.order === "doubtful") {
      const rank = (bead) => (bead.status === 3 ? 0 : bead.status === 0 ? 1 + bead.p : 5000);
      items.sort((one, other) => rank(one) - rank(other) || one.row - other.row);
    }
    this.items = items;
  }

  /** Follow a change: what was shown stays, though it may no longer fit; new beads stand where they belong. */
  follow() {
    const known = new Set(this.items);
    if (this.order === "reading") {
      this.items = this.narrowed ? this.model.beads.filter((bead) => known.has(bead) || this.isNew(bead, known)) : this.model.beads;
      return;
    }
    const items = this.items.filter((bead) => !bead.gone), held = new Set(items);
    for (const bead of this.model.beads) {
      if (held.has(bead) || !this.isNew(bead, known)) continue;
      const before = this.model.beads[bead.row - 1], at = before ? items.indexOf(before) : -1;
      items.splice(at + 1, 0, bead);
      held.add(bead);
    }
    this.items = items;
  }

  /** Tell whether a bead came of one that was shown. */
  isNew(bead, known) {
    if (this.seen?.has(bead.id)) return false;
    const near = [this.model.beads[bead.row - 1], this.model.beads[bead.row + 1]];
    return near.some((one) => one && known.has(one)) || this.fits(bead);
  }

  remember() {
    this.seen = new Set(this.model.byId.keys());
  }

  /** Give the number of the next doubtful bead in a direction, -1 where there is none. */
  doubtfulFrom(index, step) {
    for (let at = index + step; at >= 0 && at < this.items.length; at += step) if (doubtful(this.items[at])) return at;
    return -1;
  }
}

/** Choose where to cut a bead: after so many segments of both sides, near `side` and `segment`; null where it is 1-1. */
export function bestCut(text, side, segment) {
  const lengths = { s: text.s.map((one) => one[1].length), t: text.t.map((one) => one[1].length) };
  const [sources, targets] = [lengths.s.length, lengths.t.length];
  if (sources + targets < 2 || (sources === 1 && targets === 1)) return null;
  const many = lengths[side].length;
  const fixed = many > 1 ? Math.min(segment + 1, many - 1) : null;
  const sum = (list) => list.reduce((all, one) => all + one, 0);
  const cost = (one, other) => (!one && !other ? 99 : !one || !other ? 1 : Math.abs(Math.log(one / other)));
  let best = null;
  for (let i = 0; i <= sources; i++) {
    for (let j = 0; j <= targets; j++) {
      if (i + j === 0 || i + j === sources + targets) continue;
      if (fixed !== null && (side === "s" ? i : j) !== fixed) continue;
      const price = cost(sum(lengths.s.slice(0, i)), sum(lengths.t.slice(0, j))) + cost(sum(lengths.s.slice(i)), sum(lengths.t.slice(j)));
      if (!best || price < best.price) best = { price, sizes: [i, j] };
    }
  }
  return best?.sizes ?? null;
}


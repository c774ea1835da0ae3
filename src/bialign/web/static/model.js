// The text as the page knows it: every bead without its words, the words of those that were looked at, and what changes.

import { early } from "./early.js";
import { ask } from "./frame.js";
import { STATUSES } from "./statuses.js";

export { STATUSES };
const KEPT = 4000;

/** Below this, in thousandths, a bead is more likely wrong than right. */
export const HALF = 500;

export const doubtful = (bead) => bead.status === 3 || (bead.status === 0 && bead.p < HALF);

/** Name what the translator did: "split", "join", "regrouped", "omission", "addition", or "" for 1-1. */
export function happened(bead) {
  if (!bead.targets) return "omission";
  if (!bead.sources) return "addition";
  if (bead.sources === 1 && bead.targets === 1) return "";
  return bead.sources === 1 ? "split" : bead.targets === 1 ? "join" : "regrouped";
}

/** Name how sure the aligner is: "sure", "fair", "doubt" or "grave". */
export const level = (p) => (p >= 900 ? "sure" : p >= HALF ? "fair" : p >= 250 ? "doubt" : "grave");

export class Model {
  constructor(id) {
    this.id = id;
    this.beads = [];
    this.byId = new Map();
    this.texts = new Map();
    this.last = 0;
    this.pending = new Map();
  }

  async load() {
    const told = (await early()) ?? (await ask(`/api/texts/${this.id}/outline`));
    Object.assign(this, { name: told.name, title: told.title, documents: told.documents, readOnly: told.readOnly, last: told.last });
    const comments = new Set(told.comments);
    const before = this.byId;
    this.beads = told.ids.map((id, row) => {
      const kind = told.k[row], sources = kind >> 12, targets = (kind >> 2) & 1023, status = kind & 3;
      // the same object for the same bead, so that whoever holds it sees it change
      return Object.assign(before.get(id) ?? { id }, { p: told.p[row], sources, targets, status, comment: comments.has(id), row, gone: false });
    });
    this.byId = new Map(this.beads.map((bead) => [bead.id, bead]));
    for (const bead of before.values()) if (!this.byId.has(bead.id)) bead.gone = true;
    this.texts.clear();
    this.setMoves(told.moves);
  }

  setMoves(moves) {
    this.moves = moves;
    this.moved = new Map();
    for (const move of moves) {
      for (const id of move.ends[0]) this.moved.set(id, { move: move.id, to: move.ends[1][0] });
      for (const id of move.ends[1]) this.moved.set(id, { move: move.id, to: move.ends[0][0] });
    }
  }

  /** Get the words of beads, of those that are not known yet; tells whether any came. */
  async fetch(beads) {
    const missing = beads.filter((bead) => !this.texts.has(bead.id));
    const wanted = missing.filter((bead) => !this.pending.has(bead.id)).map((bead) => bead.id);
    if (wanted.length) {
      const asked = this.get(wanted).finally(() => { for (const id of wanted) this.pending.delete(id); });
      for (const id of wanted) this.pending.set(id, asked);
    }
    await Promise.all(new Set(missing.map((bead) => this.pending.get(bead.id))));
    return missing.length > 0;
  }

  async get(ids) {
    for (let at = 0; at < ids.length; at += 100) {
      const told = await ask(`/api/texts/${this.id}/beads?ids=${ids.slice(at, at + 100).join(",")}`);
      for (const one of told) this.keep(one);
    }
  }

  keep(one) {
    if (this.texts.size >= KEPT) for (const id of [...this.texts.keys()].slice(0, KEPT / 4)) this.texts.delete(id);
    this.texts.set(one.id, one);
  }

  /** Bring the page up to date with what the server told; gives the beads that changed, null where all did. */
  async apply(patch) {
    if (patch.last <= this.last && !patch.whole) return [];
    this.last = Math.max(this.last, patch.last);
    if (patch.whole) {
      await this.load();
      return null;
    }
    if (!patch.beads) return [];
    const touched = new Set([...patch.gone, ...patch.beads.map((one) => one.id)]);
    const structural = patch.gone.length > 0 || patch.beads.some((one) => !this.byId.has(one.id));
    for (const id of patch.gone) {
      const bead = this.byId.get(id);
      if (bead) bead.gone = true;
      this.byId.delete(id);
      this.texts.delete(id);
    }
    const fresh = [];
    for (const one of patch.beads) {
      const bead = this.byId.get(one.id) ?? { id: one.id };
      Object.assign(bead, { p: one.p, sources: one.s.length, targets: one.t.length, status: one.status, comment: Boolean(one.comment), gone: false });
      this.byId.set(one.id, bead);
      this.keep(one);
      fresh.push([bead, one.after]);
    }
    if (structural) this.insert(touched, fresh);
    this.setMoves(patch.moves);
    return fresh.map(([bead]) => bead);
  }

  insert(touched, fresh) {
    const waiting = new Map();
    const rest = this.beads.filter((bead) => !touched.has(bead.id));
    for (const [bead, after] of fresh) waiting.set(after, bead);
    const all = [];
    const place = (id) => {
      for (let bead = waiting.get(id); bead; bead = waiting.get(id)) {
        waiting.delete(id);
        all.push(bead);
        id = bead.id;
      }
    };
    place(0);
    for (const bead of rest) {
      all.push(bead);
      place(bead.id);
    }
    this.beads = all;
    all.forEach((bead, row) => { bead.row = row; });
  }

  /** Do an edit; gives what the server told. Raises Refused. */
  edit(wanted) {
    return ask(`/api/texts/${this.id}/edit`, { ...wanted, seen: this.last });
  }
}

// Words found in the whole text, also in rows that are not drawn; without regard to case and accents.

import { ask, t } from "./frame.js";

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/n\u0303/g, "ñ").replace(/[\u0300-\u036f]/g, "").normalize("NFC");

export class Search {
  constructor(model, { go, rows }) {
    Object.assign(this, { model, go, rows, query: "", hits: [], at: -1, more: false });
    this.input = document.querySelector("#find");
    this.output = document.querySelector("#hits");
    this.back = document.querySelector("#hit-back");
    this.on = document.querySelector("#hit-on");
    document.querySelector("#search").addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    this.input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.find(), 220); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); this.step(-1); }
      if (event.key === "ArrowDown") { event.preventDefault(); this.enter(); }
    });
    this.back.addEventListener("click", () => this.step(-1));
    this.on.addEventListener("click", () => this.step(1));
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  async find() {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    if (query === this.query) return;
    this.query = query;
    this.hits = [];
    this.at = -1;
    if (query) {
      const told = await ask(`/api/texts/${this.model.id}/find?q=${encodeURIComponent(query)}`).catch(() => ({ ids: [], more: false }));
      // another word may have been typed meanwhile
      if (query !== this.query) return;
      this.hits = told.ids;
      this.more = told.more;
    }
    this.tell();
    this.paint();
  }

  async enter() {
    const asked = this.input.value.trim() !== this.query;
    await this.find();
    if (asked || this.at < 0) this.nearest();
    else this.step(1);
  }

  /** Go to the first hit from the current bead on. */
  nearest() {
    const row = this.from?.() ?? 0;
    const next = this.hits.findIndex((id) => (this.model.byId.get(id)?.row ?? -1) >= row);
    this.visit(next < 0 ? 0 : next);
  }

  step(by) {
    if (this.hits.length) this.visit((this.at + by + this.hits.length) % this.hits.length);
  }

  visit(at) {
    const bead = this.model.byId.get(this.hits[at]);
    this.at = bead ? at : -1;
    this.tell();
    const inside = document.activeElement === this.input;
    if (bead) this.go(bead);
    if (inside) this.input.focus();
  }

  tell() {
    const all = this.hits.length;
    this.back.hidden = this.on.hidden = all < 2;
    this.output.textContent = !this.query ? "" : !all ? t("no_hits") : this.at < 0 ? t("hits", { all }) : t("hit_of", { at: this.at + 1, all });
    if (this.more) this.output.textContent += "+";
  }

  clear() {
    if (!this.query && !this.input.value) return false;
    this.input.value = "";
    this.find();
    return true;
  }

  /** Mark what was found in the rows that are drawn. */
  paint() {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    const sought = fold(this.query);
    if (!sought) return;
    const ranges = [];
    for (const row of this.rows().values()) {
      for (const segment of row.querySelectorAll(".seg")) {
        const node = segment.firstChild;
        if (!node || node.nodeType !== Node.TEXT_NODE) continue;
        const folded = fold(node.data);
        // letters that fold to several are rare: marks are left out there, the hit is not
        if (folded.length !== node.data.length) continue;
        for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + sought.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + sought.length);
          ranges.push(range);
        }
      }
    }
    if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges));
  }
}

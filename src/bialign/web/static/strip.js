// The whole text in one line: where it is doubtful, where something was left out or added, what is reviewed already.

import { onTheme, t } from "./frame.js";
import { HALF, doubtful } from "./model.js";

const TALL = 34;

export class Strip {
  /** `go(index)` brings the item of that number into sight. */
  constructor(canvas, go) {
    Object.assign(this, { canvas, go, items: [], range: null });
    const jump = (event) => {
      const box = canvas.getBoundingClientRect();
      const share = Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
      if (this.items.length) this.go(Math.floor(share * this.items.length));
    };
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); jump(event); });
    canvas.addEventListener("pointermove", (event) => { if (event.buttons) jump(event); });
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.paint()).observe(canvas);
    onTheme(() => this.paint());
  }

  key(event) {
    const last = this.items.length - 1, page = Math.max(1, Math.round(this.items.length / 20));
    const at = this.at ?? 0;
    const goals = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: last };
    if (!(event.key in goals) || last < 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(Math.min(last, Math.max(0, goals[event.key])));
    this.canvas.focus();
  }

  set(items) {
    this.items = items;
    this.base = null;
    this.paint();
  }

  show(range, current) {
    this.range = range;
    this.at = current;
    this.paint();
  }

  refresh() {
    this.base = null;
    this.paint();
  }

  paint() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
  }

  draw() {
    const { canvas, items } = this;
    const width = canvas.clientWidth, ratio = devicePixelRatio || 1;
    canvas.setAttribute("aria-valuemax", Math.max(1, items.length));
    canvas.setAttribute("aria-valuenow", (this.at ?? 0) + 1);
    canvas.setAttribute("aria-valuetext", t("row_of", { row: (this.at ?? 0) + 1, all: items.length }));
    if (!width) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const key = `${width} ${ratio} ${colour("paper")}`;
    if (!this.base || this.key_ !== key) {
      this.key_ = key;
      this.base = this.ground(width, ratio, colour);
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(TALL * ratio);
    const pen = canvas.getContext("2d");
    pen.drawImage(this.base, 0, 0);
    pen.scale(ratio, ratio);
    if (this.range && items.length) {
      const left = (this.range.top / items.length) * width;
      const wide = Math.max(6, ((this.range.bottom - this.range.top + 1) / items.length) * width);
      pen.strokeStyle = colour("ink");
      pen.lineWidth = 1.5;
      pen.strokeRect(Math.min(left, width - wide) + 0.75, 0.75, wide - 1.5, TALL - 1.5);
    }
  }

  ground(width, ratio, colour) {
    const base = new OffscreenCanvas(Math.round(width * ratio), Math.round(TALL * ratio));
    const pen = base.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = colour("wash");
    pen.fillRect(0, 6, width, TALL - 15);
    const { items } = this, columns = Math.max(1, Math.min(Math.floor(width), items.length)), wide = width / columns;
    for (let column = 0; column < columns && items.length; column++) {
      const start = Math.floor((column * items.length) / columns), stop = Math.max(start + 1, Math.floor(((column + 1) * items.length) / columns));
      let worst = 1000, weak = 0, omission = 0, addition = 0, done = 0;
      for (let row = start; row < stop; row++) {
        const bead = items[row];
        if (bead.status === 0 || bead.status === 3) worst = Math.min(worst, doubtful(bead) ? Math.min(bead.p, HALF - 1) : bead.p);
        weak += doubtful(bead) ? 1 : 0;
        omission += bead.targets ? 0 : 1;
        addition += bead.sources ? 0 : 1;
        done += bead.status === 0 ? 0 : 1;
      }
      const x = column * wide;
      if (worst < 900) {
        const tall = Math.max(3, (TALL - 15) * (1 - worst / 1000));
        pen.fillStyle = colour(worst >= HALF ? "fair" : worst >= 250 ? "doubt" : "grave");
        // of a long text a column stands for many beads: one doubtful among them is not the same as all
        pen.globalAlpha = stop - start > 3 && worst < HALF ? Math.min(1, 0.3 + (3 * weak) / (stop - start)) : 1;
        pen.fillRect(x, TALL - 9 - tall, wide + 0.3, tall);
        pen.globalAlpha = 1;
      }
      pen.fillStyle = colour("null");
      // where a column stands for many beads, how dark a mark is tells how many of them it means
      const dark = (many) => Math.min(1, 0.12 + (4 * many) / (stop - start));
      if (omission) {
        pen.globalAlpha = dark(omission);
        pen.fillRect(x, 1, Math.max(1.5, wide), 4);
      }
      if (addition) {
        pen.globalAlpha = dark(addition);
        pen.fillRect(x, TALL - 8, Math.max(1.5, wide), 4);
      }
      pen.globalAlpha = 1;
      if (done) {
        pen.globalAlpha = done / (stop - start);
        pen.fillStyle = colour("sure");
        pen.fillRect(x, TALL - 3, wide + 0.3, 3);
        pen.globalAlpha = 1;
      }
    }
    return base;
  }
}


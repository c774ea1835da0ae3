// Rows that are drawn only where they are seen: fifty thousand scroll as fifty do.

const AHEAD = 500;

export class List {
  /** `draw(element, item)` fills a row; `need(items)` gets what is shown and may draw again later. */
  constructor(scroller, sizer, list, { draw, need, shown }) {
    Object.assign(this, { scroller, sizer, list, draw, need, shown });
    this.items = [];
    this.heights = new Map();
    this.usual = 64;
    this.offsets = new Float64Array(1);
    this.rows = new Map();
    this.frame = 0;
    scroller.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(scroller);
  }

  set(items) {
    this.items = items;
    this.place = new Map(items.map((item, index) => [item.id, index]));
    this.measure();
    this.render();
  }

  index(item) {
    return this.place.get(item.id) ?? -1;
  }

  measure() {
    const offsets = new Float64Array(this.items.length + 1);
    for (let index = 0; index < this.items.length; index++) {
      offsets[index + 1] = offsets[index] + (this.heights.get(this.items[index].id) ?? this.usual);
    }
    this.offsets = offsets;
    this.sizer.style.height = `${offsets[this.items.length]}px`;
  }

  resized() {
    const width = this.scroller.clientWidth;
    if (width !== this.width) {
      this.width = width;
      this.heights.clear();
      this.hold(() => this.measure());
    }
    this.later();
  }

  /** Do something that changes offsets, and keep the first row that is seen where it is. */
  hold(work) {
    const index = this.at(this.scroller.scrollTop), item = this.items[index];
    const delta = this.scroller.scrollTop - this.offsets[index];
    work();
    const now = item ? this.index(item) : -1;
    if (now >= 0) {
      const top = this.offsets[now] + delta;
      if (Math.abs(this.scroller.scrollTop - top) >= 1) this.scroller.scrollTop = top;
    }
  }

  /** Give the number of the row at an offset. */
  at(top) {
    let low = 0, high = Math.max(0, this.items.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.offsets[middle] <= top) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  later() {
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.render(); });
  }

  render() {
    for (let round = 0; round < 4; round++) if (!this.pass()) break;
    this.shown(this.range);
  }

  /** Draw what is seen; tells whether heights came out otherwise, so that it is to be done again. */
  pass() {
    const top = this.scroller.scrollTop, height = this.scroller.clientHeight;
    const first = this.at(Math.max(0, top - AHEAD));
    const last = this.items.length ? this.at(top + height + AHEAD) + 1 : 0;
    this.range = { first, last, top: this.at(top + 4), bottom: this.at(top + height - 4) };
    const wanted = new Set();
    for (let index = first; index < last; index++) wanted.add(this.items[index].id);
    for (const [id, row] of this.rows) {
      // a row that has the focus stays: taking it away would throw the reader out
      if (!wanted.has(id) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(id);
      } else if (!wanted.has(id)) {
        row.style.display = "none";
      }
    }
    const fresh = [];
    let before = null;
    for (let index = first; index < last; index++) {
      const item = this.items[index];
      let row = this.rows.get(item.id);
      if (!row) {
        row = document.createElement("article");
        this.rows.set(item.id, row);
        this.draw(row, item, index);
        fresh.push(item);
      } else if (row.style.display) {
        row.style.display = "";
      }
      const next = before ? before.nextSibling : this.list.firstChild;
      if (next !== row) this.list.insertBefore(row, next);
      before = row;
    }
    this.list.style.transform = `translateY(${this.offsets[first] ?? 0}px)`;
    this.need(this.items.slice(first, last));
    return this.check(first, last);
  }

  check(first, last) {
    let changed = false;
    for (let index = first; index < last; index++) {
      const item = this.items[index], row = this.rows.get(item.id);
      const height = row ? row.getBoundingClientRect().height : 0;
      if (!height) continue;
      if (Math.abs((this.heights.get(item.id) ?? this.usual) - height) > 0.5) {
        this.heights.set(item.id, height);
        changed = true;
      }
    }
    if (changed) {
      if (this.heights.size > 20 && this.heights.size < 400) {
        let sum = 0;
        for (const height of this.heights.values()) sum += height;
        this.usual = sum / this.heights.size;
      }
      this.hold(() => this.measure());
    }
    return changed;
  }

  /** Draw rows again whose item has changed. */
  redraw(items) {
    for (const item of items) {
      const row = this.rows.get(item.id);
      if (row) this.draw(row, item, this.index(item));
    }
    this.render();
  }

  redrawAll() {
    for (const [id, row] of this.rows) {
      const index = this.place.get(id);
      if (index !== undefined) this.draw(row, this.items[index], index);
    }
    this.heights.clear();
    this.render();
  }

  /** Bring a row into sight, with some of what stands around it. */
  reveal(index, how = "nearest") {
    if (index < 0 || index >= this.items.length) return;
    for (let round = 0; round < 3; round++) {
      const height = this.scroller.clientHeight, margin = Math.min(90, height / 5);
      const start = this.offsets[index], stop = this.offsets[index + 1], top = this.scroller.scrollTop;
      let goal = top;
      if (how === "middle" || stop < top - height || start > top + 2 * height) goal = start - Math.max(margin, (height - (stop - start)) / 3);
      else if (start < top + margin) goal = start - margin;
      else if (stop > top + height - margin) goal = Math.min(start - margin, stop - height + margin);
      goal = Math.max(0, Math.min(goal, this.offsets[this.items.length] - height));
      if (Math.abs(goal - top) < 1 && round) break;
      this.scroller.scrollTop = goal;
      this.render();
    }
  }
}

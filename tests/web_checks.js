// What the tests of the pages look at from inside a page; an expression, whose functions are called one by one.
({
  // controls without a name that can be read out
  nameless: () => {
    const named = (node) => {
      const label = node.getAttribute("aria-label") || node.title || node.placeholder;
      const by = node.getAttribute("aria-labelledby");
      const said = by && document.getElementById(by)?.textContent;
      const labelled = [...(node.labels ?? [])].map((one) => one.textContent).join("");
      const text = node.matches("input, select, textarea") ? "" : node.textContent;
      return (label || said || labelled || text).trim();
    };
    const controls = "a, button, input, select, textarea, [role], [tabindex='0'], dialog[open], article";
    const found = [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility());
    return found
      .filter((node) => !node.closest("[aria-hidden=true]") && !["status", "alert"].includes(node.getAttribute("role")))
      .filter((node) => !named(node))
      .map((node) => node.outerHTML.slice(0, 160));
  },

  // words whose contrast with what is behind them is below 4.5 (WCAG 2.1, AA)
  faint: () => {
    const parse = (text) => {
      const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const over = (top, under) => [0, 1, 2].map((n) => (top[n] * top[3] + under[n] * (255 - top[3])) / 255).concat(255);
    const behind = (node) => {
      const layers = [];
      for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
      return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 255]);
    };
    const light = (colour) => {
      const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      const [r, g, b] = colour.slice(0, 3).map((value) => linear(value / 255));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const shown = parent.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!node.data.trim() || !shown || parent.closest(".vh, .skip, option")) continue;
      const ground = behind(parent), ink = over(parse(getComputedStyle(parent).color), ground);
      const [one, other] = [light(ground), light(ink)].sort((a, b) => b - a);
      const contrast = (one + 0.05) / (other + 0.05);
      if (contrast < 4.5) found.push(`${contrast.toFixed(2)} ${parent.className} ${node.data.trim().slice(0, 40)}`);
    }
    return [...new Set(found)];
  },

  // what can move although people asked that nothing does
  moving: () => [...document.querySelectorAll("*")].filter((node) => parseFloat(getComputedStyle(node).transitionDuration) > 0).length,

  // milliseconds until the words are there after a jump into a long text
  jumps: async () => {
    const scroller = document.querySelector("#scroller"), took = [];
    for (const share of [0.5, 0.1, 0.9, 0.33, 0.77]) {
      const start = performance.now();
      scroller.scrollTop = share * scroller.scrollHeight;
      await new Promise((resolve) => {
        const look = () => {
          const seen = [...document.querySelectorAll(".bead")].filter((row) => {
            const box = row.getBoundingClientRect();
            return box.bottom > 140 && box.top < 700;
          });
          if (seen.length > 3 && seen.every((row) => !row.querySelector(".blank"))) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      took.push(performance.now() - start);
    }
    return { took: took.sort((one, other) => one - other), rows: document.querySelectorAll(".bead").length };
  },

  // a page that edits, and one that hears of it now and then, hold what the server holds
  follows: async () => {
    const { Model } = await import("/static/model.js");
    const { ask } = await import("/static/frame.js");
    const [mine, other] = [new Model(1), new Model(1)];
    await mine.load();
    await other.load();
    const held = (model) => model.beads.map((bead) => [bead.id, bead.row, bead.sources, bead.targets, bead.status, bead.p, bead.comment]);
    let seed = 7, done = 0;
    const random = (most) => { seed = (seed * 16807) % 2147483647; return seed % most; };
    for (let turn = 0; turn < 60; turn++) {
      const bead = mine.beads[random(mine.beads.length)], next = mine.beads[bead.row + 1];
      const sizes = [random(bead.sources + 1), random(bead.targets + 1)];
      const wanted = [
        { do: "merge", ids: [bead.id, next?.id ?? 0] }, { do: "split", ids: [bead.id], sizes }, { do: "null", ids: [bead.id] },
        { do: "shift", ids: [bead.id], side: random(2) ? "source" : "target", count: random(2) ? 1 : -1 },
        { do: "judge", ids: [bead.id], status: ["rejected", "doubtful", "unreviewed"][random(3)] },
        { do: "comment", ids: [bead.id], text: random(2) ? "¿?" : "" }, { step: "undo" }, { step: "redo" },
      ][random(8)];
      const edit = wanted.step ? ask("/api/texts/1/step", { do: wanted.step, seen: mine.last }) : mine.edit(wanted);
      // what makes no sense here is refused, and changes nothing
      const told = await edit.catch(() => null);
      if (!told) continue;
      done++;
      await mine.apply(told.patch);
      const fresh = new Model(1);
      await fresh.load();
      if (JSON.stringify(held(mine)) !== JSON.stringify(held(fresh))) return `after ${JSON.stringify(wanted)}: ${JSON.stringify([held(mine), held(fresh)])}`;
      if (random(4)) continue;
      await other.apply(await ask(`/api/texts/1/news?since=${other.last}`));
      if (JSON.stringify(held(other)) !== JSON.stringify(held(fresh))) return `the other, after ${JSON.stringify(wanted)}: ${JSON.stringify([held(other), held(fresh)])}`;
    }
    return done;
  },
})

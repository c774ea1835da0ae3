"use strict";
(() => {
  const root = document.documentElement;
  const stored = {
    get(name) { try { return localStorage.getItem("bialign-" + name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem("bialign-" + name, value); } catch { /* a browser may refuse it to files */ } },
  };
  root.classList.add("js");
  if (stored.get("theme")) root.dataset.theme = stored.get("theme");

  document.addEventListener("DOMContentLoaded", () => {
    const $ = (selector) => document.querySelector(selector);
    const strings = JSON.parse($("#strings").textContent);
    const list = $(".beads"), bar = $(".bar"), find = $("#find"), show = $("#show"), place = $("#place");
    const status = $("#status"), card = $("#card"), sheet = $("#sheet"), keys = $("#keys");
    const beads = list.children;
    let ui = root.lang, current = 0, shown = beads.length, query = "";

    // --- language and theme ---
    const number = (value) => ui === "es"
      ? (value < 10000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f"))
      : String(value).replace(/\B(?=(\d{3})+$)/g, ",");
    const percent = (value) => value + (ui === "es" ? "\u00a0%" : "%");

    function speak(lang) {
      ui = lang in strings ? lang : root.lang;
      const say = strings[ui];
      for (const option of show.options) option.textContent = `${say[option.dataset.label]} (${number(Number(option.dataset.count))})`;
      for (const button of document.querySelectorAll("[data-ui]")) button.setAttribute("aria-pressed", String(button.dataset.ui === ui));
      tell();
      if (ui === root.lang) return;
      root.lang = ui;
      for (const node of document.querySelectorAll("[data-t]")) node.textContent = say[node.dataset.t];
      for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", say[node.dataset.tLabel]);
      for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = say[node.dataset.tPlaceholder];
      for (const node of document.querySelectorAll("[data-n]")) node.textContent = number(Number(node.dataset.n));
      for (const node of document.querySelectorAll("[data-percent]")) node.textContent = percent(node.dataset.percent);
    }
    function choose(lang) { stored.set("ui", lang); speak(lang); }
    function darken() {
      const dark = (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
      root.dataset.theme = dark ? "light" : "dark";
      stored.set("theme", root.dataset.theme);
    }

    // --- search and filter: accents do not matter, but ñ is a letter of its own ---
    const fold = (text) => text.toLowerCase().normalize("NFD").replace(/n\u0303/g, "ñ").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ");
    const letters = new Map();
    function letter(character) {
      let folded = letters.get(character);
      if (folded === undefined) {
        folded = fold(character);
        letters.set(character, folded);
      }
      return folded;
    }
    let folded = null;
    function texts() {
      folded ??= Array.from(beads, (bead) =>
        Array.from(bead.querySelectorAll(".s:not(.gap), .t:not(.gap)"), (side) => fold(side.textContent)).join("\n"));
      return folded;
    }

    function narrow() {
      query = fold(find.value.trim());
      const kind = show.value, all = query ? texts() : null;
      shown = 0;
      for (let i = 0; i < beads.length; i++) {
        const bead = beads[i];
        const fits = (!kind || bead.classList.contains(kind)) && (!query || all[i].includes(query));
        if (bead.hidden === fits) bead.hidden = !fits;
        if (fits) shown++;
      }
      tell();
      paint();
    }
    function tell() {
      const say = strings[ui];
      const narrowed = query || show.value;
      status.textContent = !narrowed ? "" : shown
        ? say.shown.replace("{shown}", number(shown)).replace("{all}", number(beads.length)) : say.none_shown;
      const doubtful = list.querySelector(".d:not([hidden])") !== null;
      $("#back").disabled = $("#on").disabled = !doubtful;
    }

    function paint() {
      if (!("highlights" in CSS)) return;
      CSS.highlights.delete("found");
      if (!query) return;
      const ranges = [];
      for (let i = 0; i < beads.length && ranges.length < 3000; i++) {
        if (beads[i].hidden) continue;
        for (const side of beads[i].querySelectorAll(".s:not(.gap), .t:not(.gap)")) mark(side, ranges);
      }
      CSS.highlights.set("found", new Highlight(...ranges));
    }
    // folding may change the number of letters, so each folded letter remembers where it came from
    function mark(side, ranges) {
      const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT);
      let text = "";
      const origin = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        let offset = 0;
        for (const character of node.data) {
          for (const one of letter(character)) {
            if (one === " " && text.endsWith(" ")) continue;
            text += one;
            origin.push([node, offset, character.length]);
          }
          offset += character.length;
        }
      }
      for (let at = text.indexOf(query); at >= 0 && ranges.length < 3000; at = text.indexOf(query, at + query.length)) {
        const range = new Range(), [first, start] = origin[at], [last, stop, size] = origin[at + query.length - 1];
        range.setStart(first, start);
        range.setEnd(last, stop + size);
        ranges.push(range);
      }
    }

    // --- moving about ---
    function go(bead) {
      if (!bead) return;
      list.querySelector(".here")?.classList.remove("here");
      bead.classList.add("here");
      bead.tabIndex = -1;
      bead.focus({ preventScroll: true });
      bead.scrollIntoView({ block: "start" });
      // rows not yet drawn have guessed heights: once they are drawn, settle
      requestAnimationFrame(() => requestAnimationFrame(() => bead.scrollIntoView({ block: "start" })));
      current = index(bead);
    }
    const index = (bead) => Number(bead.id.slice(1)) - 1;
    function step(direction, selector) {
      const here = list.querySelector(".here");
      let i = (here && !here.hidden ? index(here) : current - (direction > 0 ? 1 : 0)) + direction;
      for (let tries = 0; tries < beads.length; tries++, i += direction) {
        const bead = beads[((i % beads.length) + beads.length) % beads.length];
        if (!bead.hidden && bead.matches(selector)) return go(bead);
      }
    }
    function first() {
      const box = list.getBoundingClientRect(), top = bar.getBoundingClientRect().bottom + 12;
      if (box.top > top) return 0;
      const bead = document.elementFromPoint(box.left + 4, top)?.closest(".b");
      return bead ? index(bead) : null;
    }
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (owner) {
          const box = owner.getBoundingClientRect();
          if (box.bottom < 0 || box.top > innerHeight) close();
        }
        const at = first();
        if (at === null) return;
        if (document.activeElement !== place) place.value = at + 1;
        if (!list.querySelector(".here")) current = at;
      });
    }, { passive: true });

    // --- the glossary card ---
    let timer = 0, pinned = false, owner = null;
    function open(term) {
      clearTimeout(timer);
      if (owner === term && !card.hidden) return;
      close();
      const entry = document.getElementById(term.hash.slice(1));
      if (!entry) return;
      const copy = entry.cloneNode(true);
      copy.removeAttribute("id");
      copy.prepend(copy.querySelector(term.closest(".s") ? ".side.s" : ".side.t"));
      card.replaceChildren(copy);
      card.hidden = false;
      owner = term;
      term.classList.add("on");
      term.setAttribute("aria-describedby", "card");
      const at = (term.getClientRects()[0] || term.getBoundingClientRect()), size = card.getBoundingClientRect();
      const below = at.bottom + size.height + 8 < innerHeight || at.top - size.height - 8 < bar.getBoundingClientRect().bottom;
      card.style.left = Math.max(8, Math.min(at.left, root.clientWidth - size.width - 8)) + scrollX + "px";
      card.style.top = (below ? at.bottom + 6 : at.top - size.height - 6) + scrollY + "px";
    }
    function close() {
      clearTimeout(timer);
      card.hidden = true;
      pinned = false;
      owner?.classList.remove("on");
      owner?.removeAttribute("aria-describedby");
      owner = null;
    }
    const later = (action, delay) => { clearTimeout(timer); timer = setTimeout(action, delay); };
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "mouse" || pinned) return;
      const term = event.target.closest?.("a.term");
      if (term) later(() => open(term), card.hidden ? 220 : 60);
      else if (event.target.closest?.("#card")) clearTimeout(timer);
      else if (!card.hidden || timer) later(() => { if (document.activeElement !== owner) close(); }, 250);
    });
    document.addEventListener("focusin", (event) => {
      const term = event.target.closest?.("a.term");
      if (term && term.matches(":focus-visible")) open(term);
      else if (owner && !pinned && !card.contains(event.target)) close();
    });
    document.addEventListener("click", (event) => {
      const term = event.target.closest("a.term");
      if (term) {
        // Enter on a focused term follows the link to the glossary; a tap or click shows the card where one reads
        if (event.detail === 0) { close(); return; }
        event.preventDefault();
        const again = owner === term && pinned;
        close();
        if (!again) { open(term); pinned = true; }
        return;
      }
      if (owner && !card.contains(event.target)) close();
      const link = event.target.closest('a[href^="#b"]');
      if (link) {
        const bead = document.getElementById(link.hash.slice(1));
        if (bead?.hidden) { find.value = ""; show.value = ""; narrow(); }
        go(bead);
        history.replaceState(null, "", link.hash);
        event.preventDefault();
      }
    });

    // --- controls and keys ---
    let typing = 0;
    find.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(narrow, 120); });
    show.addEventListener("change", narrow);
    place.addEventListener("input", () => {
      let bead = beads[Number(place.value) - 1];
      while (bead?.hidden) bead = bead.nextElementSibling;
      list.querySelector(".here")?.classList.remove("here");
      bead?.scrollIntoView({ block: "start" });
    });
    $("#tools").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(typing); narrow(); });
    $("#back").addEventListener("click", () => step(-1, ".d"));
    $("#on").addEventListener("click", () => step(1, ".d"));
    $("#theme").addEventListener("click", darken);
    $("#help").addEventListener("click", () => sheet.showModal());
    for (const button of document.querySelectorAll("[data-ui]")) button.addEventListener("click", () => choose(button.dataset.ui));
    keys.checked = stored.get("keys") !== "off";
    keys.addEventListener("change", () => stored.set("keys", keys.checked ? "on" : "off"));
    const commands = {
      j: () => step(1, ".b"), k: () => step(-1, ".b"), n: () => step(1, ".d"), p: () => step(-1, ".d"),
      "/": () => find.focus(), l: () => choose(ui === "en" ? "es" : "en"), t: darken, "?": () => sheet.showModal(),
    };
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !sheet.open) {
        if (owner) close();
        else if (query || show.value) { find.value = ""; show.value = ""; narrow(); find.blur(); }
        return;
      }
      if (!keys.checked || sheet.open || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("input:not([type=range]), select, textarea")) return;
      const command = commands[event.key];
      if (command) { event.preventDefault(); command(); }
    });
    const fit = () => root.style.setProperty("scroll-padding-top", bar.offsetHeight + 8 + "px");
    new ResizeObserver(fit).observe(bar);
    addEventListener("beforeprint", close);

    speak(stored.get("ui") || ui);
    if (/^#b\d+$/.test(location.hash)) go(document.getElementById(location.hash.slice(1)));
  });
})();

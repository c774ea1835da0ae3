// The review: rows, commands and what other windows do, put together.

import "./early.js";
import { Refused, alarm, ask, calm, count, el, lang, number, onSpeak, remember, stored, t, toast } from "./frame.js";
import { BAR, COMMANDS, commandOf, keyName } from "./keys.js";
import { List } from "./list.js";
import { Model, STATUSES } from "./model.js";
import { drawLinks, drawRow } from "./row.js";
import { Search } from "./search.js";
import { Strip } from "./strip.js";
import { endTour, retell, startTour, touring } from "./tour.js";
import { KINDS, ORDERS, View } from "./view.js";
import { commands } from "./commands.js";
import { Glosses } from "./glosses.js";
import { closeMenu, fillMenu } from "./menu.js";
import { hidePanel } from "./panels.js";

const $ = (selector) => document.querySelector(selector);
const model = new Model(Number(location.pathname.split("/").pop()));
const view = new View(model);
const list = new List($("#scroller"), $("#sizer"), $("#list"), {
  draw: (row, bead, index) => drawRow(row, bead, index, view),
  need: (beads) => need(beads),
  shown: (range) => { linksLater(); strip.show(range, view.current ? Math.max(0, list.index(view.current)) : 0); search.paint(); glosses.see(view.items.slice(range.first, range.last)); },
});
const strip = new Strip($("#strip"), (index) => { select(view.items[index], { reveal: "middle", focus: false }); });
const search = new Search(model, { go: (bead) => visit(bead), rows: () => list.rows });

const glosses = new Glosses(model, { list, rows: () => list.rows });
view.findings = (bead) => glosses.findings(bead);

/** What the commands work with. */
const app = { model, view, list, search, glosses, select, visit, step, run, redraw, act, startTour, setOrder, focusCurrent };
const does = commands(app);

// --- where the reader is ---

/** Make a bead the current one. */
function select(bead, { reveal = "nearest", focus = true, extend = false, side = view.side, segment = 0 } = {}) {
  if (!bead) return;
  const before = [view.current, ...view.selected];
  view.side = side;
  view.segment = segment;
  view.current = bead;
  if (extend) {
    view.anchor ??= before[0] ?? bead;
    const [low, high] = [view.anchor.row, bead.row].sort((one, other) => one - other);
    view.selected = new Set(model.beads.slice(low, high + 1));
  } else {
    view.anchor = null;
    view.selected = new Set();
  }
  const text = model.texts.get(bead.id);
  if (text && !text[view.side].length) view.side = view.side === "s" ? "t" : "s";
  list.redraw([...new Set([...before, bead, ...view.selected])].filter((one) => one && !one.gone));
  if (reveal) list.reveal(list.index(bead), reveal);
  if (focus) focusCurrent();
  history.replaceState(null, "", `${location.search}#${bead.id}`);
  buttons();
}
function focusCurrent() {
  if (!document.querySelector("dialog[open]")) list.rows.get(view.current?.id)?.focus({ preventScroll: true });
}
/** Go to a bead wherever it is, in the order of the text if what is shown leaves it out. */
function visit(bead) {
  if (list.index(bead) < 0) {
    Object.assign(view, { order: "reading", status: "", kind: "" });
    choose(bead);
  }
  select(bead, { reveal: "middle" });
}
function step(by, more = {}) {
  const index = list.index(view.current);
  const goal = Math.min(view.items.length - 1, Math.max(0, index + by));
  if (goal !== index) select(view.items[goal], more);
}

view.context = (bead) => {
  if (!view.narrowed) return null;
  const [before, after] = [model.beads[bead.row - 1], model.beads[bead.row + 1]];
  need([before, after].filter(Boolean), bead);
  return { before, after };
};

async function need(beads, then = null) {
  const missing = beads.filter((bead) => !model.texts.has(bead.id) && !model.pending.has(bead.id));
  if (!missing.length) return;
  try {
    if (await model.fetch(missing)) {
      const here = then ? [then] : missing;
      list.redraw(here.filter((bead) => model.texts.has(bead.id)));
    }
  } catch (error) {
    offline(error);
  }
}

let drawing = 0;
function linksLater() {
  drawing ||= requestAnimationFrame(() => { drawing = 0; drawLinks(list.rows.values()); });
}

// --- what is shown ---

function choose(keep = view.current) {
  view.choose();
  view.remember();
  list.set(view.items);
  strip.set(view.items);
  controls();
  const index = keep && !keep.gone ? list.index(keep) : -1;
  if (index >= 0) select(keep, { reveal: "middle", focus: false });
  else if (view.items.length) {
    $("#scroller").scrollTop = 0;
    select(view.items[0], { focus: false });
  }
}
function setOrder(order) {
  view.order = order;
  choose(order === "doubtful" ? null : view.current);
  toast(t(`order_${order}`));
  focusCurrent();
}

/** Draw again after a change: `beads` are those that are other, null where all may be. */
function redraw(beads) {
  if (beads === null) {
    choose();
    list.redrawAll();
  } else {
    const row = view.current ? list.index(view.current) : 0;
    view.follow();
    view.remember();
    list.hold(() => { list.items = view.items; list.place = new Map(view.items.map((item, index) => [item.id, index])); list.measure(); });
    for (const bead of beads) list.heights.delete(bead.id);
    strip.items = view.items;
    if (view.current?.gone || (view.current && list.index(view.current) < 0)) {
      view.current = view.items[Math.min(row, view.items.length - 1)] ?? null;
    }
    view.selected = new Set([...view.selected].filter((bead) => !bead.gone));
    // numbers after a merge are others too
    for (const [id, element] of list.rows) {
      const bead = model.byId.get(id);
      if (bead && list.index(bead) >= 0) drawRow(element, bead, list.index(bead), view);
      else if (element) { element.remove(); list.rows.delete(id); }
    }
    list.render();
  }
  strip.refresh();
  tell();
  buttons();
}

function tell() {
  const done = model.beads.reduce((sum, bead) => sum + (bead.status !== 0), 0), all = model.beads.length;
  const share = all ? Math.floor((100 * done) / all) : 0;
  const box = $("#reviewed");
  box.setAttribute("aria-valuenow", share);
  box.setAttribute("aria-label", t("reviewed_of", { done, all }));
  box.title = t("reviewed_of", { done, all });
  box.firstElementChild.style.width = `${share}%`;
  box.lastElementChild.textContent = t("reviewed_short", { done, all });
  $("#shown").textContent = view.narrowed ? count("shown_of", view.items.length) : "";
  $("#empty").hidden = view.items.length > 0;
  $("#empty").textContent = t(model.beads.length ? "nothing_fits" : "no_beads");
}

function controls() {
  const fill = (select, options, value) => {
    select.replaceChildren(...options.map(([name, label]) => el("option", { value: name, selected: name === value }, label)));
    select.classList.toggle("chosen", value !== "" && value !== "reading");
  };
  fill($("#order"), ORDERS.map((name) => [name, t(`order_${name}`)]), view.order);
  fill($("#status"), [["", t("any_status")], ["doubt", t("status_doubt")], ...STATUSES.map((name, index) => [String(index), t(`status_${name}`)])], view.status);
  fill($("#type"), [["", t("any_kind")], ...KINDS.map((name) => [name, t(`kinds_${name}`)]), ...sizes()], view.kind);
  const [source, target] = model.documents;
  const columns = $("#columns").children;
  columns[0].textContent = source.title;
  columns[2].textContent = target.title;
  $("#title").textContent = model.name;
  document.title = `${model.name} – bialign`;
  tell();
}
/** Name the sizes that beads of this text have, the most frequent first, with how many there are. */
function sizes() {
  const found = new Map();
  for (const { sources, targets } of model.beads) found.set(`${sources}-${targets}`, (found.get(`${sources}-${targets}`) ?? 0) + 1);
  return [...found].sort((one, other) => other[1] - one[1]).slice(0, 15).map(([size, many]) => [size, `${size.replace("-", "–")} (${number(many)})`]);
}
for (const [id, name] of [["#order", "order"], ["#status", "status"], ["#type", "kind"]]) {
  $(id).addEventListener("change", (event) => {
    view[name] = event.target.value;
    choose(name === "order" && event.target.value === "doubtful" ? null : view.current);
  });
}

// --- commands: one after the other, each saved before the next begins, however fast they are typed ---

const waiting = [];
let running = false;
/** Do something once all before it is done; at once where nothing is. What is refused is told. */
async function run(work) {
  waiting.push(work);
  if (running) return;
  running = true;
  while (waiting.length) {
    try {
      await waiting.shift()();
    } catch (error) {
      await refused(error);
    }
  }
  running = false;
}
async function refused(error) {
  if (!(error instanceof Refused)) {
    console.error(error);
    alarm(t("fault"));
  } else if (error.kind === "offline") offline(error);
  else {
    if (error.data.patch) redraw(await model.apply(error.data.patch).catch(() => null));
    alarm(error.message);
  }
}

// these open a field; what is typed before it is there would be taken for commands
const OPENS = new Set(["comment", "edit", "goTo", "makeNull", "realign"]);
let opening = false;
function act(name, event) {
  if (name === "leave") {
    app.leave();
    return;
  }
  if (opening) return;
  if (model.readOnly && EDITS.has(name)) {
    alarm(t("read_only"));
    return;
  }
  calm();
  opening = OPENS.has(name);
  run(async () => {
    try {
      await does[name](event);
    } finally {
      if (OPENS.has(name)) opening = false;
    }
  });
}
const EDITS = new Set(["confirm", "reject", "doubt", "unreview", "comment", "merge", "mergeUp", "split", "shiftUp", "shiftDown", "makeNull", "move", "realign", "edit", "join", "undo", "redo"]);

// --- what other windows do ---

async function poll() {
  if (document.hidden || running || view.editing || !model.last) return;
  run(async () => {
    const patch = await ask(`/api/texts/${model.id}/news?since=${model.last}`);
    online();
    if (patch.last <= model.last) return;
    const changed = await model.apply(patch);
    if (changed === null || changed.length || patch.gone?.length || patch.moves) {
      redraw(changed);
      toast(t(patch.others ? "changed_by_others" : "changed_elsewhere"));
    }
  });
}
setInterval(poll, 1500);
document.addEventListener("visibilitychange", poll);

function offline(error) {
  $("#notice").textContent = error.message;
  $("#notice").hidden = false;
}
function online() {
  $("#notice").hidden = !model.readOnly;
  if (model.readOnly) $("#notice").textContent = t("read_only");
}

// --- keyboard and mouse ---

document.addEventListener("keydown", (event) => {
  const target = event.target, typing = target.matches("input, textarea, select");
  if (typing || $("#dialog").open) opening = false;
  if (event.defaultPrevented || event.isComposing || $("#dialog").open) return;
  if (event.key === "Escape") {
    event.preventDefault();
    act("leave", event);
    return;
  }
  if (typing) return;
  // a button or the strip has its own use for these
  if (target.matches("button, a, [role=slider], summary") && ["Enter", " ", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const name = commandOf(event, stored.get("single-keys") !== "off");
  if (!name) return;
  event.preventDefault();
  act(name, event);
});

$("#list").addEventListener("click", (event) => {
  const row = event.target.closest(".bead");
  const bead = row && model.byId.get(Number(row.dataset.id));
  if (!bead || event.target.closest(".editor")) return;
  const to = event.target.closest("[data-to]"), cut = event.target.closest("[data-cut]"), segment = event.target.closest(".seg");
  const why = event.target.closest("[data-why]"), extend = event.shiftKey;
  // text that is marked, to be copied, is no click
  if (!to && !cut && !getSelection().isCollapsed && !extend) return;
  run(() => {
    if (bead.gone) return null;
    if (to) return visit(model.byId.get(Number(to.dataset.to)));
    const place = segment ? { side: segment.dataset.side, segment: Number(segment.dataset.index) } : {};
    if (cut) Object.assign(place, { side: cut.dataset.cut[0], segment: Number(cut.dataset.cut.slice(1)) - 1 });
    select(bead, { reveal: null, extend, ...place });
    if (cut && !model.readOnly) return does.split();
    return why ? does.why() : null;
  });
});
$("#list").addEventListener("dblclick", (event) => {
  if (event.target.closest(".seg")) {
    getSelection().removeAllRanges();
    act("edit");
  }
});
$("#list").addEventListener("focusin", (event) => {
  const row = event.target.closest(".bead");
  const bead = row && model.byId.get(Number(row.dataset.id));
  if (bead && bead !== view.current && event.target === row) select(bead, { reveal: null });
});
for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => act(button.dataset.do));

function buttons() {
  const bead = view.current;
  const none = !bead;
  for (const button of $("#actions").children) {
    const name = button.dataset.do;
    const idle = none || (name === "move" && bead.sources > 0 && bead.targets > 0) || (name === "merge" && bead.row + 1 >= model.beads.length);
    button.setAttribute("aria-disabled", String(idle || model.readOnly && EDITS.has(name)));
  }
}
function toolbar() {
  $("#actions").replaceChildren(...BAR.map((name) => COMMANDS.find((one) => one.do === name)).map((one) =>
    el("button", { type: "button", "data-do": one.do, onclick: () => { act(one.do); }, title: t(`do_${one.do}`) },
      el("span", { class: "sign", "aria-hidden": "true" }, one.bar), el("span", {}, t(`bar_${one.do}`)), el("kbd", { "aria-hidden": "true" }, keyName(one.keys.at(one.keys[0].startsWith("Alt") ? 1 : 0), t)))));
  const undo = COMMANDS.find((one) => one.do === "undo");
  $("#undo").title = `${t("undo")} (${undo.keys[0]})`;
  buttons();
}

app.leave = () => {
  if (closeMenu() || glosses.hide()) return;
  if (view.linking) { view.linking = null; list.redrawAll(); toast(t("move_left")); }
  else if (!hidePanel() && !(touring() && endTour()) && !search.clear()) {
    view.selected = new Set();
    list.redrawAll();
  }
  focusCurrent();
};

onSpeak(() => {
  controls();
  toolbar();
  fillMenu(app);
  retell();
  list.redrawAll();
  search.tell();
  online();
  tell();
});

try {
  await model.load();
  remember("text", model.id);
  // the first words come with the first drawing
  toolbar();
  fillMenu(app);
  controls();
  const wanted = model.byId.get(Number(location.hash.slice(1)));
  choose(wanted ?? null);
  online();
  focusCurrent();
  const from = new URLSearchParams(location.search).get("from");
  if (from === "concordance" || from === "glossary") {
    $("#back").hidden = false;
    $("#back").href = document.querySelector(`.pages a[data-t="nav_${from}"]`).href;
    $("#back").dataset.t = `back_to_${from}`;
    $("#back").textContent = t(`back_to_${from}`);
  }
  if (new URL(location.href).searchParams.has("tour")) {
    history.replaceState(null, "", location.pathname + location.hash);
    startTour();
  }
  await model.fetch(view.items.slice(list.range.first, list.range.last));
  // what aligning has left to say is said once
  if (stored.get("remarks")) alarm(stored.get("remarks"));
  stored.set("remarks", "");
  document.documentElement.dataset.ready = "yes";
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  offline(error);
}


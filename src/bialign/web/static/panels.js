// What opens over the text: questions, the reasons of a bead, the history, what aligning anew would change, help.

import { ask, count, el, follow, has, number, percent, stored, t, timeLeft } from "./frame.js";
import { COMMANDS, GROUPS, keyName } from "./keys.js";
import { level } from "./model.js";

const dialog = document.querySelector("#dialog");
const panel = document.querySelector("#panel");

function open(title, ...content) {
  dialog.replaceChildren(el("h2", { id: "dialog-title" }, title), ...content);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  if (!dialog.open) dialog.showModal();
}
export const close = () => dialog.close();

/** Ask for something in a form; gives what `read` makes of it, null where the person leaves. */
function question(title, fields, read, label) {
  return new Promise((resolve) => {
    let given = null;
    const form = el("form", { method: "dialog", class: "question" }, fields,
      el("div", { class: "row" }, el("button", { type: "submit", class: "primary" }, label), el("button", { type: "button", onclick: close }, t("cancel"))));
    form.addEventListener("submit", (event) => { event.preventDefault(); given = read(); close(); });
    dialog.addEventListener("close", () => resolve(given), { once: true });
    open(title, form);
    fields.at(-1)?.querySelector?.("[autofocus]")?.focus();
  });
}

export const NULL_REASONS = ["omitted", "added", "free", "layout", "edition"];

export function askReason(bead) {
  const usual = bead.sources && !bead.targets ? "omitted" : bead.targets && !bead.sources ? "added" : "";
  const choices = ["", ...NULL_REASONS].map((name) => {
    const input = el("input", { type: "radio", name: "reason", value: name, checked: name === usual, autofocus: name === usual });
    return el("label", { class: "choice" }, input, el("span", {}, t(name ? `null_${name}` : "null_none")));
  });
  const own = el("input", { id: "own", autocomplete: "off", maxlength: "200" });
  const fields = [el("p", { class: "muted" }, t("null_note")), el("div", { role: "radiogroup", "aria-label": t("null_reason") }, choices),
    el("label", { class: "stacked" }, el("span", {}, t("null_own")), own)];
  const given = question(t("null_title"), fields, () => ({ reason: own.value.trim() || dialog.querySelector("[name=reason]:checked")?.value || "" }), t("null_do"));
  dialog.querySelector("[autofocus]")?.focus();
  return given;
}

export function askComment(text) {
  const area = el("textarea", { rows: "4", "aria-label": t("comment") });
  area.value = text;
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
  const given = question(t("comment"), [area], () => ({ text: area.value.trim() }), t("save"));
  area.focus();
  return given;
}

export function askNumber(most) {
  const input = el("input", { type: "number", min: "1", max: String(most), required: true, inputmode: "numeric", "aria-label": t("bead_between", { most }) });
  const given = question(t("go_to"), [el("label", { class: "stacked" }, el("span", {}, t("bead_between", { most })), input)], () => Number(input.value), t("go"));
  input.focus();
  return given;
}

// --- help ---

export function help(startTour) {
  const groups = GROUPS.map((group) => el("section", {}, el("h3", {}, t(`group_${group}`)),
    el("dl", { class: "keys" }, COMMANDS.filter((one) => one.group === group && !one.quiet).map((one) =>
      el("div", {}, el("dt", {}, one.keys.map((key) => [el("kbd", {}, keyName(key, t)), " "])), el("dd", {}, t(`do_${one.do}`)))))));
  const single = el("input", { type: "checkbox", onchange: (event) => stored.set("single-keys", event.target.checked ? "on" : "off") });
  single.checked = stored.get("single-keys") !== "off";
  open(t("help_title"), el("p", { class: "muted" }, t("help_links")), legend(), el("div", { class: "sheets" }, groups),
    el("label", { class: "choice" }, single, el("span", {}, t("single_keys"))),
    el("div", { class: "row" }, el("button", { type: "button", class: "primary", onclick: close }, t("close")), el("button", { type: "button", onclick: () => { close(); startTour(); } }, t("tour_start"))));
  dialog.querySelector(".primary").focus();
  dialog.scrollTop = 0;
}
function legend() {
  const levels = [[950, "legend_sure"], [700, "legend_fair"], [400, "legend_doubt"], [100, "legend_grave"]];
  return el("ul", { class: "legend" },
    levels.map(([p, key]) => el("li", {}, el("span", { class: `node ${level(p)}` }, String(p / 10)), ` ${t(key)}`)),
    el("li", {}, el("span", { class: "node done" }, "✓"), ` ${t("status_confirmed")}`));
}

// --- the panel beside the text ---

let back = null;
export function show(title, ...content) {
  if (panel.hidden) back = document.activeElement;
  panel.replaceChildren(el("header", {}, el("h2", { id: "panel-title", tabindex: "-1" }, title), el("button", { type: "button", onclick: hidePanel, "aria-label": t("close"), title: t("close") }, "×")), ...content);
  panel.hidden = false;
  panel.querySelector("h2").focus({ preventScroll: true });
}
export function hidePanel() {
  if (panel.hidden) return false;
  panel.hidden = true;
  if (back?.isConnected) back.focus();
  else document.querySelector("#list [tabindex='0']")?.focus();
  return true;
}
panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); hidePanel(); } });

let asked = 0;
export async function why(bead, model) {
  const mine = ++asked;
  const title = t("why_title", { number: bead.row + 1 });
  show(title, el("p", { class: "muted" }, t("why_looking")));
  try {
    const told = await ask(`/api/beads/${bead.id}/why`);
    if (mine !== asked || panel.hidden) return;
    const lines = [el("p", { class: "muted" }, bead.status === 1 ? t("why_confirmed") : t("why_stored", { percent: percent(bead.p) }))];
    if (told.mine !== null) {
      if (bead.status === 1 && bead.p === 1000) lines.push(el("p", {}, t("why_aligner", { percent: percent(told.mine) })));
      lines.push(reasons(told.reasons));
      if (!told.reasons.length) lines.push(el("p", {}, t("why_nothing")));
    } else {
      lines.push(el("p", {}, t("why_instead")));
      for (const one of told.instead) {
        lines.push(el("div", { class: "instead" }, el("span", { class: `node ${level(one.p)}` }, percent(one.p)),
          el("p", { lang: model.documents[0].lang }, one.source || "—"), el("p", { lang: model.documents[1].lang }, one.target || "—"), reasons(one.reasons)));
      }
    }
    show(title, ...lines);
  } catch (error) {
    if (mine === asked) show(title, el("p", { class: "error" }, error.message));
  }
}
const SIGNS = new Map([[true, ["+", "for"]], [false, ["−", "against"]], [null, ["·", "neither"]]]);
function reasons(list) {
  return el("ul", { class: "reasons" }, list.map((one) => {
    const [sign, name] = SIGNS.get(one.supports);
    return el("li", { class: name }, el("span", { "aria-label": t(`reason_${name}`), role: "img" }, sign), el("span", {}, one.text));
  }));
}

const SHOWN = 60;
const clipped = (text = "") => (text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text);
/** Say what a change did. */
export function eventWords(event) {
  const name = event.of || event.what;
  const key = name === "judge" ? `event_${event.status}` : `event_${name.replaceAll(" ", "_")}`;
  const fields = { name: event.name, comment: clipped(event.comment), before: clipped(event.before), after: clipped(event.after) };
  const said = has(key) ? t(key, fields) : name;
  return event.of ? t(event.what === "undo" ? "event_undo" : "event_redo", { change: said }) : said;
}
export async function history(model, go) {
  show(t("history"), el("p", { class: "muted" }, t("loading")));
  try {
    const told = await ask("/api/history?limit=100");
    const lines = told.map((one) => {
      const bead = one.text === model.id ? one.beads.map((id) => model.byId.get(id)).find(Boolean) : null;
      const said = (bead ? `${number(bead.row + 1)} · ` : "") + eventWords(one);
      const text = one.undone ? el("s", {}, said) : said;
      return el("li", {}, el("small", {}, `${one.at} · ${one.who}`), bead ? el("button", { type: "button", class: "plain", onclick: () => go(bead) }, text) : el("p", {}, text));
    });
    show(t("history"), told.length ? el("ol", { class: "history" }, lines) : el("p", { class: "muted" }, t("history_empty")));
  } catch (error) {
    show(t("history"), el("p", { class: "error" }, error.message));
  }
}

// --- aligning anew ---

/** Ask where, and show what would change; gives the job whose plan is to be carried out, null where none is. */
export async function realign(model, bead) {
  const around = stretchAround(model, bead);
  const scope = await question(t("realign_title"), [el("p", {}, t("realign_note")),
    el("div", { role: "radiogroup", "aria-label": t("realign_where") },
      radio("around", count("realign_around", around.many), true), radio("all", count("realign_all", model.beads.length), false))],
  () => dialog.querySelector("[name=scope]:checked").value, t("realign_preview"));
  if (!scope) return null;
  const { job } = await ask(`/api/texts/${model.id}/realign`, { beads: scope === "all" ? null : [around.first.id, around.last.id] });
  const plan = await wait(job);
  if (!plan) return null;
  if (!plan.count) {
    open(t("realign_title"), el("p", {}, t("realign_same")), el("div", { class: "row" }, el("button", { type: "button", class: "primary", onclick: close, autofocus: true }, t("close"))));
    return null;
  }
  const agreed = await question(count("realign_changes", plan.count), [el("div", { class: "plan", tabindex: "0", role: "region", "aria-label": t("realign_preview") }, plan.shown.map((one) => preview(one, model))),
    plan.count > plan.shown.length ? el("p", { class: "muted" }, t("and_more", { count: plan.count - plan.shown.length })) : el("span")], () => true, t("realign_do"));
  return agreed ? job : null;
}
function radio(value, label, checked) {
  return el("label", { class: "choice" }, el("input", { type: "radio", name: "scope", value, checked }), el("span", {}, label));
}
const FAR = 150;
function stretchAround(model, bead) {
  let first = bead.row, last = bead.row;
  while (first > 0 && bead.row - first < FAR && model.beads[first - 1].status !== 1) first--;
  while (last < model.beads.length - 1 && last - bead.row < FAR && model.beads[last + 1].status !== 1) last++;
  return { first: model.beads[first], last: model.beads[last], many: last - first + 1 };
}
async function wait(job) {
  const stage = el("p", {}, t("preparing")), left = el("p", { class: "muted" }), bar = el("i");
  const stop = () => ask(`/api/jobs/${job}/stop`, {}).catch(() => {});
  open(t("realign_title"), stage, el("div", { class: "meter" }, bar), left, el("div", { class: "row" }, el("button", { type: "button", onclick: close }, t("cancel"))));
  let left_ = false;
  const leave = () => { left_ = true; stop(); };
  dialog.addEventListener("close", leave, { once: true });
  try {
    const result = await follow(job, (told) => {
      stage.textContent = told.stage || t("preparing");
      bar.style.width = `${Math.round(100 * told.share)}%`;
      left.textContent = timeLeft(told.left);
    });
    // the dialog stays open for what comes next: its closing would be told too late
    return left_ ? null : result;
  } catch (error) {
    close();
    throw error;
  } finally {
    dialog.removeEventListener("close", leave);
  }
}
function preview(one, model) {
  const groups = (beads, name) => {
    let i = 0, j = 0;
    return el("div", { class: "groups" }, el("h4", {}, t(name)), beads.map(([sources, targets, p]) => {
      const made = el("div", { class: "group" }, el("span", { class: `node ${level(p)}` }, percent(p)),
        el("p", { lang: model.documents[0].lang }, one.source.slice(i, i + sources).join(" ") || "—"), el("p", { lang: model.documents[1].lang }, one.target.slice(j, j + targets).join(" ") || "—"));
      i += sources;
      j += targets;
      return made;
    }));
  };
  const bead = model.byId.get(one.bead);
  return el("section", {}, el("h3", {}, bead ? t("bead_number", { number: bead.row + 1 }) : ""), groups(one.old, "now"), groups(one.new, "then"));
}


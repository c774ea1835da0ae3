// Five minutes that show how a text is reviewed, on the text itself.

import { el, stored, t } from "./frame.js";

const STEPS = [
  ["tour_beads", ".bead.current"],
  ["tour_node", ".bead.current .node"],
  ["tour_strip", ".strip"],
  ["tour_doubtful", "#order"],
  ["tour_confirm", "[data-do=confirm]"],
  ["tour_change", "[data-do=merge]"],
  ["tour_text", "[data-do=edit]"],
  ["tour_null", "[data-do=makeNull]"],
  ["tour_undo", "#undo"],
  ["tour_end", "#help-button"],
];

const box = document.querySelector("#tour");
let step = -1;

export function startTour() {
  step = 0;
  show();
}
export function retell() {
  if (!box.hidden) show();
}
export const touring = () => !box.hidden;

function show() {
  document.querySelector(".tour-target")?.classList.remove("tour-target");
  const [key, target] = STEPS[step];
  document.querySelector(target)?.classList.add("tour-target");
  const last = step === STEPS.length - 1;
  const on = el("button", { type: "button", class: "primary", onclick: () => (last ? endTour() : go(1)) }, t(last ? "tour_done" : "tour_next"));
  box.replaceChildren(
    el("p", { class: "muted" }, t("tour_step", { step: step + 1, all: STEPS.length })),
    el("h2", { id: "tour-title" }, t(`${key}_title`)),
    el("p", {}, t(key)),
    el("div", { class: "row" }, on, step ? el("button", { type: "button", onclick: () => go(-1) }, t("tour_back")) : "", last ? "" : el("button", { type: "button", class: "plain", onclick: endTour }, t("tour_leave"))));
  box.hidden = false;
  on.focus({ preventScroll: true });
}
function go(by) {
  step += by;
  show();
}
export function endTour() {
  if (box.hidden) return false;
  document.querySelector(".tour-target")?.classList.remove("tour-target");
  box.hidden = true;
  stored.set("toured", "yes");
  document.querySelector("#list [tabindex='0']")?.focus();
  return true;
}

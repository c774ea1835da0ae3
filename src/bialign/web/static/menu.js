// The menu: commands that are rarer, the text for other programs, and the ways out.

import { download } from "./copying.js";
import { el, t } from "./frame.js";
import { COMMANDS, keyName } from "./keys.js";

const $ = (selector) => document.querySelector(selector);
const menu = $("#menu-sheet");
/** Write the menu in the language of the page. */
export function fillMenu({ model, act, focusCurrent, startTour }) {
  const entry = (label, work, more = {}, key = "") =>
    el("button", { type: "button", class: "plain", onclick: () => { closeMenu(); work(); }, ...more }, label, key ? el("kbd", { "aria-hidden": "true" }, key) : "");
  const command = (name) => {
    const { keys } = COMMANDS.find((one) => one.do === name);
    return entry(t(`menu_${name}`), () => { focusCurrent(); act(name); }, { "data-do": name }, keyName(keys[0], t));
  };
  menu.replaceChildren(
    el("h2", {}, t("menu_bead")), ...["reject", "doubt", "unreview", "terms", "mergeUp", "join"].map(command),
    el("h2", {}, t("menu_text")), ...["realign", "goTo", "history"].map(command),
    el("h2", {}, t("save_as")), ...["html", "tmx", "tsv", "jsonl", "beads"].map((format) => entry(t(`format_${format}`), () => download(`/api/texts/${model.id}/export/${format}`))),
    el("h2", {}, t("more")), entry(t("tour_start"), startTour), command("help"), el("a", { href: `/annotate?text=${model.id}` }, t("nav_annotate")), el("a", { href: "/" }, t("home")));
}
/** Close the menu; tells whether it was open. */
export function closeMenu() {
  if (menu.hidden) return false;
  menu.hidden = true;
  $("#menu").setAttribute("aria-expanded", "false");
  return true;
}
$("#menu").addEventListener("click", () => {
  menu.hidden = !menu.hidden;
  $("#menu").setAttribute("aria-expanded", String(!menu.hidden));
  if (!menu.hidden) menu.querySelector("button").focus();
});
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { event.stopPropagation(); closeMenu(); $("#menu").focus(); }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    event.stopPropagation();
    const all = [...menu.querySelectorAll("button, a")], at = all.indexOf(document.activeElement);
    all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length].focus();
  }
});
document.addEventListener("pointerdown", (event) => { if (!menu.hidden && !event.target.closest("#menu-sheet, #menu")) closeMenu(); });

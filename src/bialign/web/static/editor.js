// The text of one segment, changed where it stands.

import { el, t } from "./frame.js";

/** Put an editor in the place of a segment; `done` gets ("save" | "cut" | "cancel", text, place of the cursor). */
export function editSegment(paragraph, text, done, { joins }) {
  const area = el("textarea", { rows: "1", spellcheck: "true", "aria-label": t("segment_text"), autocomplete: "off" });
  area.value = text;
  let over = false;
  const end = (what) => {
    if (over) return;
    over = true;
    done(what, area.value.replace(/\s*\n\s*/g, " ").trim(), area.selectionStart);
  };
  const fit = () => { area.style.height = "0"; area.style.height = `${area.scrollHeight + 2}px`; };
  const button = (what, label, key) => el("button", { type: "button", onpointerdown: (event) => event.preventDefault(), onclick: () => end(what) }, `${t(label)} `, key ? el("kbd", {}, key) : "");
  const box = el("div", { class: "editor" }, area, el("div", { class: "editor-tools" },
    button("save", "save", "⏎"), button("cut", "cut_here", "Ctrl ⏎"), joins ? button("join", "join_next") : "", button("cancel", "cancel", "Esc")));
  area.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") { event.preventDefault(); end("cancel"); }
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); end(event.ctrlKey || event.metaKey ? "cut" : "save"); }
  });
  area.addEventListener("input", fit);
  paragraph.replaceWith(box);
  fit();
  area.focus();
  area.setSelectionRange(0, 0);
  return box;
}

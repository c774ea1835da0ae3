// The menu of files a page can be had as: a button that opens it, and shuts it again.

const $ = (selector) => document.querySelector(selector);

/** Shut the menu; tells whether it was open. */
export function shut() {
  if ($("#exports").hidden) return false;
  $("#exports").hidden = true;
  $("#export").setAttribute("aria-expanded", "false");
  return true;
}

$("#export").addEventListener("click", () => {
  if (shut()) return;
  $("#exports").hidden = false;
  $("#export").setAttribute("aria-expanded", "true");
  $("#exports button").focus();
});
document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".drop-menu")) shut(); });

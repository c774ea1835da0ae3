// What leaves the page: texts for the clipboard, and files the browser keeps.

import { Refused, alarm, el, lang, t, toast } from "./frame.js";

/** Put a text on the clipboard, and say so. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // a page may be kept from the clipboard, but not from copying what it has selected itself
    const area = el("textarea", { class: "vh", "aria-hidden": "true" });
    const before = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus({ preventScroll: true });
    if (!done) {
      alarm(t("cannot_copy"));
      return;
    }
  }
  toast(said);
}

/** Fetch a file, and let the browser keep it under the name the server gives it; gives what that says was left out. */
export async function download(path) {
  try {
    const response = await fetch(path, { headers: { "X-Bialign": lang } });
    if (!response.ok) throw new Refused((await response.json()).error, "refused");
    const name = decodeURIComponent(response.headers.get("Content-Disposition").split("''")[1]);
    const address = URL.createObjectURL(await response.blob());
    el("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    toast(t("saved_as", { name }));
    return JSON.parse(decodeURIComponent(response.headers.get("X-Left-Out") ?? "[]"));
  } catch (error) {
    alarm(error instanceof Refused ? error.message : t("offline"));
    return null;
  }
}

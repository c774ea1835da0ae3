// What all pages share: words in two languages, the theme, requests, small messages, and making elements.

const root = document.documentElement;
const words = {};
const changed = new Set();

export let lang = root.lang;

async function load(wanted) {
  words[wanted] ??= await (await fetch(`/locales/${wanted}.json`)).json();
}
await load(lang);

// the key is needed once: the browser has it as a cookie now
const here = new URL(location.href);
if (here.searchParams.has("token")) {
  here.searchParams.delete("token");
  history.replaceState(null, "", here);
}

/** Give the text of a key with its {fields} filled; numbers are written as the language has it. */
export function t(key, fields = {}) {
  const text = words[lang][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => name in fields ? (typeof fields[name] === "number" ? number(fields[name]) : fields[name]) : whole);
}
/** Give the text of a key in the singular or plural. */
export const count = (key, value, fields = {}) => t(value === 1 ? `${key}_one` : key, { count: value, ...fields });
export const has = (key) => key in words[lang];

/** Write a whole number as English (12,345) or Spanish (12 345; four digits stay together) has it. */
export function number(value) {
  const digits = String(value);
  if (lang === "es") return value < 10000 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
export function percent(thousandths) {
  const whole = Math.round(thousandths / 10);
  const shown = whole === 100 && thousandths < 1000 ? ">99" : String(whole);
  return shown + (lang === "es" ? "\u00a0%" : "%");
}

/** Keep something in a cookie, where the server sees it. */
export function remember(name, value) {
  document.cookie = `bialign_${name}=${value}; Path=/; Max-Age=31536000; SameSite=Strict`;
}
export const stored = {
  get(name) { try { return localStorage.getItem(`bialign-${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`bialign-${name}`, value); } catch { /* a browser may refuse */ } },
};

const HERE = "bialign-at-";
/** Keep where the reader is in a page, as its address tells it: the bar leads back there. */
export function keepPlace() {
  try { sessionStorage.setItem(HERE + location.pathname, location.pathname + location.search + location.hash); } catch { /* a browser may refuse */ }
}
for (const link of document.querySelectorAll(".pages a:not([aria-current])")) {
  try { link.href = sessionStorage.getItem(HERE + link.pathname) ?? link.href; } catch { /* it leads to the page's beginning then */ }
}

/** Be told when the language changes. */
export const onSpeak = (listener) => changed.add(listener);

export async function speak(wanted) {
  await load(wanted);
  lang = wanted;
  root.lang = wanted;
  remember("lang", wanted);
  translate(document);
  for (const listener of changed) listener();
}
export function translate(inside) {
  for (const node of inside.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of inside.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.hasAttribute("title") || node.tagName === "BUTTON") node.title = t(node.dataset.tLabel);
  }
  for (const node of inside.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const button of inside.querySelectorAll("[data-ui]")) button.setAttribute("aria-pressed", String(button.dataset.ui === lang));
}
translate(document);
document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
for (const button of document.querySelectorAll("[data-ui]")) button.addEventListener("click", () => speak(button.dataset.ui));

export const dark = () => (root.dataset.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : root.dataset.theme === "dark");
const themed = new Set();
export const onTheme = (listener) => themed.add(listener);
document.querySelector("#theme")?.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  remember("theme", root.dataset.theme);
  for (const listener of themed) listener();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const listener of themed) listener(); });

/** A request that was refused: `kind` is "refused", "gone", "conflict", "fault" or "offline", `data` what came with it. */
export class Refused extends Error {
  constructor(message, kind, data = {}) {
    super(message);
    this.kind = kind;
    this.data = data;
  }
}

/** Ask the server; raises Refused, with one line for the person, where it says no or does not answer. */
export async function ask(path, body) {
  const options = { headers: { "X-Bialign": lang } };
  if (body !== undefined) {
    options.method = "POST";
    options.body = body instanceof FormData ? body : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused(t("offline"), "offline");
  }
  const data = await response.json().catch(() => null);
  // the guard's own refusals are no JSON
  if (response.status === 403 && !data) throw new Refused(t("locked_out"), "offline");
  if (response.status === 401) location.assign(`/login?to=${encodeURIComponent(location.pathname)}`);
  if (!response.ok) throw new Refused(data?.error ?? t("fault"), data?.kind ?? "fault", data ?? {});
  return data ?? {};
}

/** Turn a number of letters into one of JavaScript's units: a letter beyond the basic plane is two of those. */
export const units = (text, letters) => (/[\ud800-\udbff]/.test(text) ? [...text].slice(0, letters).join("").length : letters);

/** Make an element: attributes, "on..." listeners, children that are elements or strings. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

let timer = 0;
/** Say something in passing; `actions` are [text, function] pairs. */
export function toast(text, ...actions) {
  const box = document.querySelector("#toasts");
  clearTimeout(timer);
  box.replaceChildren(el("div", { class: "toast" }, el("span", {}, text), actions.map(([label, act]) => el("button", { type: "button", onclick: act }, label))));
  timer = setTimeout(() => box.replaceChildren(), 6000);
}
/** Say what went wrong, until it is put away. */
export function alarm(text) {
  const box = document.querySelector("#alerts");
  const close = el("button", { type: "button", onclick: () => box.replaceChildren() }, t("close"));
  box.replaceChildren(el("div", { class: "toast bad" }, el("span", {}, text), close));
}
export const calm = () => document.querySelector("#alerts").replaceChildren();

/** Follow a job until it ends; gives its result, null where it was stopped. Raises Refused where it failed. */
export async function follow(job, show) {
  for (;;) {
    const told = await ask(`/api/jobs/${job}`);
    if (told.state === "done") return told.result;
    if (told.state === "stopped") return null;
    if (told.state === "failed") throw new Refused(told.error, told.kind);
    show(told);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
/** Say how long something still takes. */
export function timeLeft(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 60) return count("seconds_left", Math.max(1, Math.round(seconds)));
  return count("minutes_left", Math.round(seconds / 60));
}

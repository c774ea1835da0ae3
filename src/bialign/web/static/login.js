// The door of a server that other machines can reach: one password, and back to where one was going.

import { ask, onSpeak, t } from "./frame.js";

const $ = (selector) => document.querySelector(selector);
const password = $("#password"), enter = $("#enter"), error = $("#login-error");
let left = 0;

function title() { document.title = `${t("login_title")} – bialign`; }

/** Give the page that was asked for before the door; never one of another site. */
function goal() {
  const wanted = new URLSearchParams(location.search).get("to") ?? "/";
  const url = URL.canParse(wanted, location.origin) ? new URL(wanted, location.origin) : null;
  return url?.origin === location.origin && !url.pathname.startsWith("/login") ? url.pathname : "/";
}

// a wrong try makes the next one wait; the button says how long
function wait(seconds) {
  left = seconds;
  enter.disabled = left > 0;
  enter.textContent = left > 0 ? t("login_wait", { seconds: left }) : t("login_enter");
  if (left > 0) setTimeout(() => wait(left - 1), 1000);
}

$("#login").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (enter.disabled) return;
  error.textContent = "";
  try {
    await ask("/api/login", { password: password.value });
    location.replace(goal());
  } catch (refused) {
    error.textContent = refused.message;
    password.setAttribute("aria-invalid", "true");
    password.select();
    password.focus();
    wait(refused.data.seconds ?? 1);
  }
});
$("#show").addEventListener("change", (event) => { password.type = event.target.checked ? "text" : "password"; });

onSpeak(() => { title(); error.textContent = ""; wait(left); });
title();
password.focus();
document.documentElement.dataset.ready = "";

// The doctor on the page of imports: one file is examined, whatever it is, and given back mended.

import { Refused, alarm, ask, calm, el, lang, t } from "./frame.js";
import { PROGRAMS, facts, findings, program } from "./diagnosis.js";

const $ = (selector) => document.querySelector(selector);
let told = null;

/** Examine a file, and show what was found. */
export async function examine(file) {
  const form = new FormData();
  form.append("files", file);
  calm();
  $("#doctor-name").textContent = t("looking");
  await show(() => ask("/api/doctor", form));
}

async function show(work) {
  $("#doctor-found").hidden = false;
  try {
    told = await work();
    draw();
    $("#doctor-found").scrollIntoView({ block: "nearest" });
  } catch (error) {
    $("#doctor-found").hidden = !told;
    alarm(error.message);
  }
}

function draw() {
  $("#doctor-name").textContent = told.name;
  $("#doctor-facts").textContent = facts(told);
  $("#doctor-list").replaceChildren(findings(told));
  $("#mend").hidden = !told.fixable;
}

/** Write this part of the page in its language. */
export async function speakDoctor() {
  const chosen = $("#doctor-program").value;
  $("#doctor-program").replaceChildren(el("option", { value: "" }, t("doctor_any")), ...PROGRAMS.map((id) => el("option", { value: id, selected: id === chosen }, program(id))));
  if (told) await again();
}
const again = () => show(() => ask(`/api/doctor/${told.id}`, { program: $("#doctor-program").value }));

$("#doctor-choose").addEventListener("click", () => $("#doctor-file").click());
$("#doctor-file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  $("#doctor-program").value = "";
  if (file) examine(file);
  event.target.value = "";
});
$("#doctor-program").addEventListener("change", () => { if (told) again(); });
$("#mend").addEventListener("click", async () => {
  try {
    const response = await fetch(`/api/doctor/${told.id}/mended?program=${$("#doctor-program").value}`, { headers: { "X-Bialign": lang } });
    if (!response.ok) throw new Refused((await response.json()).error, "refused");
    const address = URL.createObjectURL(await response.blob());
    el("a", { href: address, download: told.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  } catch (error) {
    alarm(error.message);
  }
});

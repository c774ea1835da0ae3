// Candidates for the glossary with what speaks for them: taken or refused by a key each.

import { alarm, ask, count, el, number, percent, t, toast } from "./frame.js";
import { sides, walkable, working } from "./passages.js";

const SHOWN = 60;

export class Candidates {
  constructor(box, { changed, say }) {
    Object.assign(this, { box, changed, say, found: null, kind: "", shown: SHOWN });
    this.walk = walkable(box, (key, item) => this.key(key, item));
  }

  async run() {
    this.busy = true;
    try {
      const told = await working(this.box, "/api/terms/extract", {}, t("gl_extracting"));
      if (told) Object.assign(this, { found: told.candidates, job: told.job });
      this.draw();
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "error" }, error.message), this.again());
    } finally {
      this.busy = false;
    }
  }
  again() {
    return el("button", { type: "button", onclick: () => this.run() }, t(this.found ? "gl_extract_again" : "gl_extract_do"));
  }

  draw() {
    if (!this.found) {
      this.box.replaceChildren(el("p", { class: "muted" }, t("gl_extract_note")), el("p", {}, this.again()));
      this.say("");
      return;
    }
    const chosen = this.found.filter((one) => !this.kind || one.kind === this.kind);
    const kinds = el("label", { class: "pick" }, el("span", { class: "vh" }, t("gl_kind")), el("select", { onchange: (event) => { this.kind = event.target.value; this.shown = SHOWN; this.draw(); } },
      ["", "term", "name"].map((kind) => el("option", { value: kind, selected: kind === this.kind }, t(`gl_candidates_${kind || "all"}`)))));
    const list = el("div", { class: "items", role: "feed", "aria-label": t("gl_candidates") }, chosen.slice(0, this.shown).map((one, index) => this.item(one, index)));
    const more = chosen.length > this.shown ? el("p", { class: "more" }, el("button", { type: "button", onclick: () => { this.shown += SHOWN; this.draw(); } }, t("and_more", { count: chosen.length - this.shown }))) : "";
    this.box.replaceChildren(el("div", { class: "filters" }, kinds, el("span", { class: "grow" }), this.again()), chosen.length ? list : el("p", { class: "none" }, t("gl_no_candidates")), more);
    this.walk.go(this.box.querySelector(".item"), false);
    this.tell();
  }
  tell() {
    this.say(count("gl_left", this.found.filter((one) => !one.done).length));
  }

  item(one, index) {
    const fields = ["source", "target"].map((name) => {
      const input = el("input", { lang: one[name].lang, "aria-label": t(name === "source" ? "gl_term_source" : "gl_term_target"), disabled: Boolean(one.done), spellcheck: "false" });
      input.value = one.texts?.[name === "source" ? 0 : 1] ?? one[name].text;
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); this.decide(one, item, true); }
        if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); item.focus(); }
      });
      return input;
    });
    const forms = ["source", "target"].map((name) => el("span", { class: "forms" }, one[name].forms.map(([form, many]) => `${form} ${number(many)}`).join(", ")));
    const also = one.also.length ? el("p", { class: "muted" }, `${t("gl_also")} `, one.also.map((each, place) => [place ? ", " : "", el("span", { lang: each.lang }, each.text)])) : "";
    const item = el("article", { class: `item candidate${one.done ? ` ${one.done}` : ""}`, tabindex: "-1", "aria-posinset": index + 1, "aria-setsize": this.found.length, "aria-label": `${one.source.text} – ${one.target.text}${one.done ? `, ${t(`gl_said_${one.done}`)}` : ""}` },
      el("div", { class: "pair-of" }, fields[0], el("span", { "aria-hidden": "true" }, "↔"), fields[1], forms[0], el("span"), forms[1]),
      also, el("div", { class: "evidence" }, one.evidence.slice(0, one.open ? 9 : 1).map((each) => el("div", { class: "example" }, sides(each.sides, [one.source.lang, one.target.lang]), el("p", { class: "place" }, el("a", { href: `/text/${each.text}?from=glossary#${each.bead}`, tabindex: "-1" }, `${each.name} [${each.bead}]`))))),
      el("div", { class: "acts" },
        one.done ? el("span", { class: `tag ${one.done}` }, t(`gl_said_${one.done}`)) : [
          el("button", { type: "button", class: "primary", onclick: () => this.decide(one, item, true) }, t("gl_accept"), el("kbd", { "aria-hidden": "true" }, "a")),
          el("button", { type: "button", onclick: () => this.decide(one, item, false) }, t("gl_reject"), el("kbd", { "aria-hidden": "true" }, "x"))],
        one.evidence.length > 1 ? el("button", { type: "button", class: "plain", "aria-expanded": String(Boolean(one.open)), onclick: () => this.unfold(one, item) }, t(one.open ? "gl_less" : "gl_evidence"), el("kbd", { "aria-hidden": "true" }, "v")) : "",
        el("span", { class: "facts" }, [t(`gl_candidate_${one.kind}`), count("gl_together", one.count), t("gl_confidence", { percent: percent(1000 * one.confidence) })].join(" · "))));
    Object.assign(item, { candidate: one, fields });
    return item;
  }
  replaced(item, one) {
    const fresh = this.item(one, Number(item.getAttribute("aria-posinset")) - 1);
    item.replaceWith(fresh);
    return fresh;
  }
  unfold(one, item) {
    one.open = !one.open;
    this.walk.go(this.replaced(item, one));
  }

  async decide(one, item, accept) {
    if (one.done) return;
    one.texts = item.fields.map((input) => input.value.trim());
    if (accept && !one.texts.every(Boolean)) {
      alarm(t("gl_both_needed"));
      return;
    }
    one.done = accept ? "accepted" : "rejected";
    const fresh = this.replaced(item, one);
    this.walk.next(fresh);
    this.tell();
    try {
      await ask("/api/terms/decide", { job: this.job, key: one.key, accept, texts: one.texts });
      toast(`${one.texts.join(" – ")}: ${t(`gl_said_${one.done}`)}`, [t("undo"), () => this.takeBack(one)]);
      this.changed();
    } catch (error) {
      one.done = "";
      this.walk.go(this.replaced(fresh, one));
      this.tell();
      alarm(error.message);
    }
  }
  async takeBack(one) {
    try {
      await ask("/api/glossary/step", { do: "undo" });
    } catch (error) {
      alarm(error.message);
      return;
    }
    one.done = "";
    const item = [...this.box.querySelectorAll(".item")].find((each) => each.candidate === one);
    if (item) this.walk.go(this.replaced(item, one));
    this.tell();
    this.changed();
  }

  key(key, item) {
    const one = item.candidate;
    if (key === "a") this.decide(one, item, true);
    else if (key === "x") this.decide(one, item, false);
    else if (key === "v" && one.evidence.length > 1) this.unfold(one, item);
    else if (key === "e" && !one.done) item.fields[0].focus();
    else return false;
    return true;
  }
}

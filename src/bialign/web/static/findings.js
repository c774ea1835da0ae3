// The check of terms: what it finds, text by text, each to be looked at, ignored, or put right in the review.

import { alarm, ask, count, el, number, t, toast } from "./frame.js";
import { sides, walkable, working } from "./passages.js";

const RULES = ["rendering", "omitted", "forbidden", "superseded", "mixed", "acronym", "number", "date", "name"];
const SEVERITIES = ["error", "warning", "hint"];
const SHOWN = 100;

export class Findings {
  constructor(box, { open, say, langs }) {
    Object.assign(this, { box, open, say, langs, found: null, rule: "", severity: "", ignored: false, shown: SHOWN });
    this.walk = walkable(box, (key, item) => this.key(key, item));
  }

  async run() {
    this.busy = true;
    try {
      const told = await working(this.box, "/api/terms/check", { ignored: this.ignored }, t("gl_checking"));
      if (told) Object.assign(this, { found: told.findings, more: told.more, large: told.large, checked: told.last });
      this.draw();
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "error" }, error.message), this.again());
    } finally {
      this.busy = false;
    }
  }
  again() {
    return el("button", { type: "button", onclick: () => this.run() }, t(this.found ? "gl_check_again" : "gl_check_do"));
  }

  chosen() {
    return (this.found ?? []).filter((one) => (!this.rule || one.rule === this.rule) && (!this.severity || one.severity === this.severity));
  }

  draw() {
    if (!this.found) {
      this.box.replaceChildren(el("p", { class: "muted" }, t("gl_check_note")), el("p", {}, this.again()));
      this.say("");
      return;
    }
    const chosen = this.chosen();
    const select = (label, all, names, key, prefix) => {
      const counts = Object.fromEntries(names.map((name) => [name, this.found.filter((one) => one[key] === name).length]));
      return el("label", { class: "pick" }, el("span", { class: "vh" }, label), el("select", { onchange: (event) => { this[key] = event.target.value; this.shown = SHOWN; this.draw(); } },
        el("option", { value: "" }, all), names.filter((name) => counts[name]).map((name) => el("option", { value: name, selected: name === this[key] }, `${t(`${prefix}${name}`)} (${number(counts[name])})`))));
    };
    const ignored = el("input", { type: "checkbox", checked: this.ignored, onchange: (event) => { this.ignored = event.target.checked; this.run(); } });
    const bar = el("div", { class: "filters" }, select(t("gl_rule"), t("gl_any_rule"), RULES, "rule", "gl_rule_"), select(t("gl_severity"), t("gl_any_severity"), SEVERITIES, "severity", "gl_severity_"),
      el("label", { class: "tick" }, ignored, t("gl_with_ignored")), el("span", { class: "grow" }), this.again());
    const list = el("div", { class: "items", role: "feed", "aria-label": t("gl_check") }, chosen.slice(0, this.shown).map((one, index) => this.item(one, index)));
    const more = chosen.length > this.shown ? el("p", { class: "more" }, el("button", { type: "button", onclick: () => { this.shown += SHOWN; this.draw(); } }, t("and_more", { count: chosen.length - this.shown }))) : "";
    const note = [this.more ? t("gl_more_findings") : "", this.large.length ? t("gl_too_large", { names: this.large.join(", ") }) : ""].filter(Boolean).join(" ");
    this.box.replaceChildren(bar, note ? el("p", { class: "muted" }, note) : "", chosen.length ? list : el("p", { class: "none" }, t(this.found.length ? "nothing_fits" : "gl_no_findings")), more);
    this.walk.go(this.box.querySelector(".item"), false);
    this.say(count("gl_found", chosen.length));
  }

  item(one, index) {
    const item = el("article", { class: `item is-${one.severity}${one.ignored ? " ignored" : ""}`, tabindex: "-1", "aria-posinset": index + 1, "aria-setsize": this.found.length, "aria-label": `${t(`gl_severity_${one.severity}`)}: ${one.said}` },
      el("header", {}, el("span", { class: `tag ${one.severity}` }, t(`gl_severity_${one.severity}`)), el("span", { class: "rule" }, t(`gl_rule_${one.rule}`)), el("b", {}, one.said)),
      sides(one.sides, this.langs()),
      one.note ? el("p", { class: "muted" }, one.note) : "",
      el("div", { class: "acts" },
        el("a", { class: "button", href: `/text/${one.text}?from=glossary#${one.bead}` }, t("co_open"), el("kbd", { "aria-hidden": "true" }, "⏎")),
        el("button", { type: "button", onclick: () => this.judge(one, item) }, t(one.ignored ? "gl_unignore" : "gl_ignore"), el("kbd", { "aria-hidden": "true" }, "i")),
        one.concept ? el("button", { type: "button", onclick: () => this.open(one.concept) }, t("gl_entry"), el("kbd", { "aria-hidden": "true" }, "g")) : "",
        el("span", { class: "facts" }, `${one.name} · ${number(one.row + 1)}`)));
    item.finding = one;
    return item;
  }

  async judge(one, item) {
    try {
      await ask("/api/terms/judge", { key: one.key, ignore: !one.ignored });
    } catch (error) {
      alarm(error.message);
      return;
    }
    one.ignored = !one.ignored;
    const fresh = this.item(one, Number(item.getAttribute("aria-posinset")) - 1);
    item.replaceWith(fresh);
    if (one.ignored) this.walk.next(fresh);
    else this.walk.go(fresh);
    toast(t(one.ignored ? "gl_said_ignored" : "gl_said_unignored"), ...(one.ignored ? [[t("undo"), () => this.judge(one, fresh)]] : []));
  }

  key(key, item) {
    const one = item.finding;
    if (key === "i") this.judge(one, item);
    else if (key === "g" && one.concept) this.open(one.concept);
    else if (key === "enter") item.querySelector("a.button").click();
    else return false;
    return true;
  }
}

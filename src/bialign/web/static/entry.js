// One entry of the glossary in a form: what is wrong is told beside its field while one types.

import { Refused, alarm, ask, calm, count, el, has, number, percent, t, toast } from "./frame.js";
import { sides } from "./passages.js";

const KINDS = ["full form", "acronym", "short form", "variant"];
const STATUSES = ["preferred", "admitted", "deprecated", "superseded"];
const PAUSE = 250;
const clone = (value) => JSON.parse(JSON.stringify(value));
const langName = (lang) => (has(`lang_${lang.split("-")[0]}`) ? `${t(`lang_${lang.split("-")[0]}`)}${lang.includes("-") ? ` (${lang})` : ""}` : lang);

export class Entry {
  /** `told` gives what is known of the glossary; `saved` and `gone` are told of what was done. */
  constructor(box, { told, saved, gone, open }) {
    Object.assign(this, { box, told, saved, gone, open, concept: null, was: "", seen: 0 });
    box.addEventListener("input", () => this.typed());
    box.addEventListener("change", () => this.typed());
    box.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && ["s", "Enter"].includes(event.key)) { event.preventDefault(); this.save(); }
    });
  }

  get dirty() {
    return this.concept !== null && JSON.stringify(this.concept) !== this.before;
  }

  show(concept, seen, isNew = false) {
    this.concept = concept && clone(concept);
    this.was = isNew || !concept ? "" : concept.id;
    this.seen = seen;
    this.before = JSON.stringify(this.concept);
    this.faults = [];
    this.draw();
  }

  fresh(languages, seen) {
    const terms = (languages.length ? languages : ["en", "es"]).slice(0, 2).map((lang) => ({ text: "", lang }));
    this.show({ id: "", terms, definition: {}, source: {} }, seen, true);
    this.box.querySelector(".term input")?.focus();
  }

  draw() {
    if (!this.concept) {
      this.box.replaceChildren(el("p", { class: "choose muted", id: "entry-title" }, t(this.told.all ? "gl_choose" : "gl_empty")));
      return;
    }
    const { concept, told } = this;
    const languages = [...new Set([...told.languages, ...concept.terms.map((term) => term.lang), ...Object.keys({ ...concept.definition, ...concept.source }).filter(Boolean)])];
    this.title = el("h2", { id: "entry-title" });
    this.saveButton = el("button", { type: "submit", class: "primary" }, t("save"));
    const form = el("form", { class: "entry", autocomplete: "off", onsubmit: (event) => { event.preventDefault(); this.save(); } },
      el("header", {}, el("button", { type: "button", class: "plain back", onclick: () => this.open("") }, `‹ ${t("gl_entries")}`), this.title, el("span", { class: "acts" }, this.saveButton, this.was ? el("button", { type: "button", onclick: () => this.remove() }, t("gl_delete")) : "")),
      el("p", { class: "error", "data-fault": "terms", role: "alert" }),
      languages.map((lang) => this.side(lang)), this.another(languages),
      el("fieldset", { class: "about" }, el("legend", {}, t("gl_concept")),
        this.field("subject", t("gl_subject"), concept.subject ?? "", (value) => { concept.subject = value; }, { list: "subjects" }),
        this.field("id", t("gl_id"), concept.id, (value) => { concept.id = value; }, { placeholder: t("gl_id_new") }),
        this.field("related", t("gl_related"), (concept.related ?? []).join(", "), (value) => { concept.related = value.split(",").map((one) => one.trim()).filter(Boolean); }, { list: "ids" }),
        this.area("note", t("gl_note"), concept.note ?? "", (value) => { concept.note = value; })),
      el("datalist", { id: "subjects" }, told.subjects.map(([name]) => el("option", { value: name }))),
      el("datalist", { id: "ids" }, told.rows.map((row) => el("option", { value: row.id }))));
    this.box.replaceChildren(form, ...(this.was ? [this.corpus()] : []));
    this.tell();
  }

  // --- fields ---

  /** Give a field with its label, and room below for what is wrong with it. */
  field(name, label, value, write, more = {}) {
    const input = el("input", { id: `f-${name}`, "aria-describedby": `w-${name}`, spellcheck: "false", ...more, oninput: (event) => write(event.target.value) });
    input.value = value;
    return this.around(name, label, input);
  }
  area(name, label, value, write, lang) {
    const input = el("textarea", { id: `f-${name}`, rows: "2", lang: lang || null, "aria-describedby": `w-${name}`, oninput: (event) => write(event.target.value) });
    input.value = value;
    return this.around(name, label, input);
  }
  pick(name, label, options, value, write) {
    const select = el("select", { id: `f-${name}`, "aria-describedby": `w-${name}`, onchange: (event) => write(event.target.value) }, options.map(([option, text]) => el("option", { value: option, selected: option === value }, text)));
    return this.around(name, label, select);
  }
  around(name, label, input) {
    return el("label", { class: `field f-${name.split(".").at(-1)}` }, el("span", {}, label), input, el("span", { class: "wrong", id: `w-${name}`, "data-fault": name }));
  }

  side(lang) {
    const { concept } = this;
    concept.definition ??= {};
    concept.source ??= {};
    const terms = concept.terms.map((term, index) => [term, index]).filter(([term]) => term.lang === lang);
    return el("fieldset", { class: "language" }, el("legend", {}, langName(lang)),
      terms.map(([term, index]) => this.term(term, index)),
      el("p", {}, el("button", { type: "button", class: "plain add", onclick: () => this.add(lang) }, `+ ${t("gl_add_term")}`)),
      this.area(`definition.${lang}`, t("gl_definition"), concept.definition[lang] ?? "", (value) => { this.say(concept.definition, lang, value); }, lang),
      this.area(`source.${lang}`, t("gl_source"), concept.source[lang] ?? "", (value) => { this.say(concept.source, lang, value); }, lang));
  }
  another(languages) {
    const input = el("input", { id: "another", placeholder: "pt", maxlength: "20", spellcheck: "false" });
    const add = () => {
      const lang = input.value.trim();
      if (lang && !languages.includes(lang)) this.add(lang);
      else input.focus();
    };
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
    return el("p", { class: "another" }, el("label", {}, el("span", {}, t("gl_another")), input), el("button", { type: "button", onclick: add }, t("gl_add_lang")));
  }
  say(texts, lang, value) {
    if (value.trim()) texts[lang] = value;
    else delete texts[lang];
  }

  term(term, index) {
    const name = (field) => `terms.${index}.${field}`;
    const put = (field, usual = "") => (value) => { if (value === usual || value === "") delete term[field]; else term[field] = value; };
    const text = this.field(name("text"), t("gl_term"), term.text, (value) => { term.text = value; this.tell(); }, { lang: term.lang });
    const more = el("details", { class: "more-of", open: false }, el("summary", {}, t("gl_more_of")),
      el("div", { class: "grid" },
        this.pick(name("case_policy"), t("gl_case"), [["free", t("gl_case_free")], ["exact", t("gl_case_exact")]], term.case_policy ?? "free", put("case_policy", "free")),
        this.pick(name("inflects"), t("gl_inflects"), [["", t("gl_inflects_auto")], ["yes", t("gl_yes")], ["no", t("gl_no")]], term.inflects ?? "", put("inflects")),
        this.field(name("part_of_speech"), t("gl_part"), term.part_of_speech ?? "", put("part_of_speech")),
        this.field(name("gender"), t("gl_gender"), term.gender ?? "", put("gender")),
        this.field(name("forms"), t("gl_forms"), (term.forms ?? []).join(", "), (value) => { const forms = value.split(",").map((one) => one.trim()).filter(Boolean); if (forms.length) term.forms = forms; else delete term.forms; }, { lang: term.lang }),
        this.field(name("since"), t("gl_since"), term.since ?? "", put("since"), { placeholder: "1992-04" }),
        this.field(name("until"), t("gl_until"), term.until ?? "", put("until"), { placeholder: "2000" }),
        this.field(name("note"), t("gl_note"), term.note ?? "", put("note"))));
    return el("div", { class: `term ${term.status ?? "preferred"}` }, text,
      this.pick(name("kind"), t("gl_kind"), KINDS.map((kind) => [kind, t(`gl_kind_${kind.replace(" ", "_")}`)]), term.kind ?? "full form", put("kind", "full form")),
      this.pick(name("status"), t("filter_status"), STATUSES.map((status) => [status, t(`gl_status_${status}`)]), term.status ?? "preferred", put("status", "preferred")),
      el("button", { type: "button", class: "plain out", "aria-label": t("remove_named", { name: term.text || t("gl_term") }), title: t("remove"), onclick: () => this.drop(index) }, "✕"), more);
  }
  add(lang) {
    this.concept.terms.push({ text: "", lang, ...(this.concept.terms.some((term) => term.lang === lang) ? { status: "admitted" } : {}) });
    this.redraw();
    this.box.querySelector(`#f-terms\\.${this.concept.terms.length - 1}\\.text`)?.focus();
  }
  drop(index) {
    this.concept.terms.splice(index, 1);
    this.redraw();
    this.box.querySelector(".add")?.focus();
  }
  redraw() {
    const opened = [...this.box.querySelectorAll("details")].map((one) => one.open);
    this.draw();
    [...this.box.querySelectorAll("details")].forEach((one, index) => { one.open = opened[index] ?? false; });
    this.typed();
  }

  // --- what is wrong ---

  typed() {
    if (!this.concept) return;
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE);
  }
  async check() {
    const concept = this.concept, text = JSON.stringify(concept);
    try {
      const told = await ask("/api/glossary/edit", { do: "check", was: this.was, concept: this.sent(), seen: this.seen });
      // it may have been typed on meanwhile
      if (concept !== this.concept || text !== JSON.stringify(concept)) return;
      this.faults = told.faults;
      this.tell();
    } catch (error) {
      alarm(error.message);
    }
  }
  /** Give what is sent: terms nobody has written anything into are left out, but for the places of the others. */
  sent() {
    const { concept } = this;
    const written = concept.terms.filter((term) => term.text.trim());
    this.places = written.map((term) => concept.terms.indexOf(term));
    return { ...concept, terms: written };
  }
  /** Show what is wrong where it is wrong. */
  tell() {
    const names = this.concept.terms.filter((term) => term.text.trim());
    const first = [...new Set(names.map((term) => term.lang))].map((lang) => names.find((term) => term.lang === lang).text);
    this.title.textContent = first.join(" · ") || t("gl_new");
    const faults = new Map();
    for (const one of this.faults) {
      const field = one.field.replace(/^terms\.(\d+)/, (whole, index) => `terms.${this.places?.[index] ?? index}`);
      if (!faults.has(field) || faults.get(field).mild) faults.set(field, one);
    }
    for (const node of this.box.querySelectorAll("[data-fault]")) {
      const fault = faults.get(node.dataset.fault);
      if (node.textContent !== (fault?.text ?? "")) node.textContent = fault?.text ?? "";
      node.classList.toggle("mild", Boolean(fault?.mild));
      const input = this.box.querySelector(`[aria-describedby="${node.id}"]`);
      if (input) input.setAttribute("aria-invalid", String(Boolean(fault) && !fault.mild));
    }
    const bad = this.faults.some((one) => !one.mild);
    this.saveButton.disabled = this.told.readOnly || !this.dirty || bad;
  }

  // --- what is done ---

  /** Save; tells whether it is saved. */
  async save() {
    if (!this.concept || !this.dirty || this.told.readOnly) return true;
    clearTimeout(this.timer);
    calm();
    try {
      const told = await ask("/api/glossary/edit", { do: "save", was: this.was, concept: this.sent(), seen: this.seen });
      this.faults = told.faults;
      if (!told.saved) {
        this.tell();
        this.box.querySelector("[aria-invalid=true]")?.focus();
        return false;
      }
      this.before = JSON.stringify(this.concept);
      toast(t("gl_saved"));
      await this.saved(told.id);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      alarm(error.message);
      return false;
    }
  }
  async remove() {
    try {
      await ask("/api/glossary/edit", { do: "delete", was: this.was, seen: this.seen });
      this.concept = null;
      await this.gone(this.title.textContent);
    } catch (error) {
      alarm(error.message);
    }
  }

  // --- what the corpus has of it ---

  corpus() {
    const box = el("div", { class: "rendered" });
    const asks = ["source", "target"].map((side) => el("button", { type: "button", onclick: async (event) => {
      for (const one of asks) one.setAttribute("aria-pressed", String(one === event.currentTarget));
      box.replaceChildren(el("p", { class: "muted" }, t("co_looking")));
      try {
        const told = await ask(`/api/terms/renderings?side=${side}&concept=${encodeURIComponent(this.was)}`);
        box.replaceChildren(...drawConceptRenderings(told));
      } catch (error) {
        box.replaceChildren(el("p", { class: "error" }, error.message));
      }
    } }, t(`gl_rendered_${side}`)));
    const name = this.concept.terms[0]?.text ?? "";
    return el("section", { class: "in-corpus", "aria-labelledby": "in-corpus" }, el("h3", { id: "in-corpus" }, t("gl_in_corpus")),
      el("div", { class: "row" }, asks, el("a", { href: `/concordance?${new URLSearchParams({ q: name.includes(" ") ? `"${name}"` : name })}` }, t("gl_to_concordance"))), box);
  }
}

function drawConceptRenderings(told) {
  const most = Math.max(1, ...told.renderings.map((one) => one.count));
  const rows = told.renderings.map((one) => {
    const inner = el("i");
    inner.style.width = `${(100 * one.count) / most}%`;
    const where = [one.documents.length > 1 ? one.documents.map(([name, many]) => `${name} ${number(many)}`).join(", ") : "", one.years.length > 1 ? one.years.map(([year, many]) => `${year}: ${number(many)}`).join(", ") : ""].filter(Boolean).join(" · ");
    return el("li", {}, el("details", {}, el("summary", {}, el("b", {}, one.text), el("span", { class: `tag ${one.status || "unknown"}` }, t(one.status ? `gl_status_${one.status}` : "gl_not_in")), el("span", { class: "share", "aria-hidden": "true" }, inner), el("span", { class: "many" }, number(one.count)), el("span", { class: "part" }, percent(1000 * one.share))),
      where ? el("p", { class: "muted" }, where) : "", one.forms.length > 1 ? el("p", { class: "muted" }, one.forms.map(([form, many]) => `${form} ${number(many)}`).join(", ")) : "", one.examples.map(example)));
  });
  const said = [count("gl_places", told.places), told.none ? count("co_unrendered", told.none) : "", told.doubtful ? count("gl_left_doubtful", told.doubtful) : "", told.unused.length ? t("gl_unused", { terms: told.unused.join(", ") }) : ""].filter(Boolean).join(" ");
  return [el("p", { class: "muted" }, said), rows.length ? el("ol", { class: "renderings" }, rows) : "",
    told.missing.length ? el("details", { class: "missing" }, el("summary", {}, t("gl_missing")), told.missing.map(example)) : ""].filter(Boolean);
}
const example = (one) => el("div", { class: "example" }, sides(one.sides), el("p", { class: "place" }, el("a", { href: `/text/${one.text}?from=glossary#${one.bead}` }, `${one.name} [${one.bead}]`)));

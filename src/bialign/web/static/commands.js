// What each command does.

import { alarm, ask, count, t, toast } from "./frame.js";
import { editSegment } from "./editor.js";
import { happened } from "./model.js";
import * as panels from "./panels.js";
import { drawLinks } from "./row.js";
import { bestCut } from "./view.js";

const STEPS = 12;

export function commands(app) {
  const { model, view, list, search, select, step, run, redraw } = app;
  const current = () => view.current;
  const chosen = () => (view.selected.size > 1 ? [...view.selected].sort((one, other) => one.row - other.row) : current() ? [current()] : []);
  const name = (side) => (side === "s" ? "source" : "target");
  search.from = () => current()?.row ?? 0;

  /** Do an edit, show what came of it and say so; gives what the server gave. */
  async function edit(wanted, said) {
    const told = await model.edit(wanted);
    redraw(await model.apply(told.patch));
    if (said) toast(said, [t("undo"), () => app.act("undo")]);
    return told.result;
  }
  const goTo = (id) => { const bead = model.byId.get(id); if (bead) select(bead); };

  async function judge(status, said, on) {
    const beads = chosen();
    if (!beads.length) return;
    const last = beads.at(-1);
    const wanted = { do: "judge", ids: beads.map((bead) => bead.id), status };
    const same = beads.every((bead) => STATUS[bead.status] === status);
    if (on) select(view.items[list.index(last) + 1] ?? last);
    if (same) return;
    await edit(wanted, beads.length > 1 || !on ? count(said, beads.length) : "");
    if (on && list.index(last) === view.items.length - 1) toast(t("at_the_end"));
  }

  async function words(bead) {
    await model.fetch([bead]);
    return model.texts.get(bead.id);
  }

  const does = {
    next: () => step(1),
    previous: () => step(-1),
    extendDown: () => extend(1),
    extendUp: () => extend(-1),
    pageDown: () => step(page()),
    pageUp: () => step(-page()),
    first: () => select(view.items[0]),
    last: () => select(view.items.at(-1)),
    nextDoubtful: () => doubtful(1),
    previousDoubtful: () => doubtful(-1),
    left: () => sideways(-1),
    right: () => sideways(1),
    find: () => search.focus(),
    hitOn: () => search.step(1),
    order: () => app.setOrder(view.order === "reading" ? "doubtful" : "reading"),
    help: () => panels.help(app.startTour),
    history() {
      panels.history(model, app.visit);
    },
    terms() {
      if (current()) app.glosses.panel(current());
    },
    why() {
      if (current()) panels.why(current(), model);
    },

    confirm: () => judge("confirmed", "said_confirmed", true),
    reject: () => judge("rejected", "said_rejected", false),
    doubt: () => judge("doubtful", "said_doubtful", false),
    unreview: () => judge("unreviewed", "said_unreviewed", false),

    async goTo() {
      const row = await panels.askNumber(model.beads.length);
      if (row) app.visit(model.beads[row - 1]);
    },
    async comment() {
      const bead = current();
      if (!bead) return;
      const given = await panels.askComment((await words(bead))?.comment ?? "");
      if (given) await edit({ do: "comment", ids: [bead.id], text: given.text }, t("said_comment"));
    },

    merge: () => merge(0),
    mergeUp: () => merge(-1),
    async split() {
      const bead = current(), { side, segment } = view;
      if (!bead) return;
      const text = await words(bead);
      const sizes = text && bestCut(text, side, segment);
      if (sizes) goTo((await edit({ do: "split", ids: [bead.id], sizes }, t("said_split")))[0]);
      else toast(t("cannot_split"));
    },
    shiftDown() {
      const bead = current(), side = view.side;
      if (!bead) return null;
      if (!size(bead, side) || bead.row + 1 >= model.beads.length) toast(t("cannot_shift"));
      else return shift(bead, side, 1, "said_shift_down");
      return null;
    },
    shiftUp() {
      const bead = current(), side = view.side, before = bead && model.beads[bead.row - 1];
      if (!bead) return null;
      if (!before || !size(bead, side)) toast(t("cannot_shift"));
      else return shift(before, side, -1, "said_shift_up");
      return null;
    },
    async makeNull() {
      const bead = current();
      if (!bead) return;
      const given = await panels.askReason(bead);
      if (given) goTo((await edit({ do: "null", ids: [bead.id], text: given.reason }, t("said_null")))[0]);
    },
    async move() {
      const bead = current();
      if (!bead) return;
      const moved = model.moved.get(bead.id);
      if (moved && !view.linking) {
        await edit({ do: "unlink", ids: [moved.move] }, t("said_unlinked"));
        return;
      }
      if (bead.sources && bead.targets) {
        toast(t("move_needs_null"));
        return;
      }
      const run_ = view.linking ? null : chosen();
      if (run_) {
        view.linking = bead;
        view.linkingRun = run_.filter((one) => Boolean(one.sources) === Boolean(bead.sources) && happened(one) === happened(bead));
        list.redraw([bead]);
        toast(t(bead.sources ? "move_to_target" : "move_to_source"));
        return;
      }
      const from = view.linking, ones = view.linkingRun, others = chosen().filter((one) => happened(one) === happened(bead));
      if (Boolean(from.sources) === Boolean(bead.sources)) {
        toast(t("move_same_side"));
        return;
      }
      view.linking = null;
      const [sources, targets] = from.sources ? [ones, others] : [others, ones];
      await edit({ do: "link", ids: sources.map((one) => one.id), targets: targets.map((one) => one.id) }, t("said_moved"));
      list.redraw([from]);
    },
    async realign() {
      const bead = current();
      if (!bead) return;
      const plan = await panels.realign(model, bead);
      if (!plan) return;
      const told = await ask(`/api/texts/${model.id}/apply`, { job: plan, seen: model.last });
      redraw(await model.apply(told.patch));
      toast(t("said_realigned"), [t("undo"), () => app.act("undo")]);
    },

    edit: () => openEditor(),
    async join() {
      const bead = current(), { side, segment } = view;
      const text = bead && model.texts.get(bead.id);
      if (!text || !text[side][segment + 1]) {
        toast(t("cannot_join"));
        return;
      }
      await edit({ do: "join", document: documentOf(side), place: text[side][segment][0] }, t("said_joined"));
    },

    undo: () => back("undo"),
    redo: () => back("redo"),
  };
  const STATUS = ["unreviewed", "confirmed", "rejected", "doubtful"];

  const size = (bead, side) => (side === "s" ? bead.sources : bead.targets);
  const documentOf = (side) => model.documents[side === "s" ? 0 : 1].id;
  const page = () => Math.max(1, (list.range?.bottom ?? STEPS) - (list.range?.top ?? 0) - 1);

  function extend(by) {
    const bead = model.beads[(current()?.row ?? 0) + by];
    if (bead && list.index(bead) >= 0) select(bead, { extend: true });
  }
  function doubtful(by) {
    const index = view.doubtfulFrom(list.index(current()), by);
    if (index >= 0) select(view.items[index], { reveal: "middle" });
    else toast(t(view.doubtfulFrom(by > 0 ? -1 : view.items.length, by) >= 0 ? (by > 0 ? "no_doubt_below" : "no_doubt_above") : "no_doubt"));
  }
  function sideways(by) {
    const bead = current(), text = bead && model.texts.get(bead.id);
    if (!text) return;
    const all = ["s", "t"].flatMap((side) => text[side].map((_, segment) => ({ side, segment })));
    const at = all.findIndex((one) => one.side === view.side && one.segment === view.segment);
    const goal = all[at + by];
    if (goal) select(bead, { ...goal });
  }

  async function merge(by) {
    let beads = chosen();
    if (beads.length === 1) {
      const first = model.beads[beads[0].row + by], second = model.beads[beads[0].row + by + 1];
      if (!first || !second) {
        toast(t("cannot_merge"));
        return;
      }
      beads = [first, second];
    }
    goTo(await edit({ do: "merge", ids: beads.map((bead) => bead.id) }, t("said_merged")));
  }

  async function shift(bead, side, many, said) {
    const here = current().id;
    await edit({ do: "shift", ids: [bead.id], side: name(side), count: many }, t(said));
    goTo(here);
  }

  async function back(what) {
    let told;
    try {
      told = await ask(`/api/texts/${model.id}/step`, { do: what, seen: model.last });
    } catch (error) {
      // that there is nothing left is no misfortune
      if (error.kind !== "gone") throw error;
      toast(error.message.split(": ").at(-1));
      return;
    }
    const { result, patch } = told;
    redraw(await model.apply(patch));
    const touched = result.beads.map((id) => model.byId.get(id)).filter(Boolean);
    const bead = touched.includes(current()) ? current() : touched[0];
    if (bead && result.text === model.id) app.visit(bead);
    toast(panels.eventWords(result));
  }

  async function openEditor() {
    const bead = current(), { side, segment } = view;
    const text = bead && (await words(bead));
    const held = text?.[side][segment];
    const paragraph = list.rows.get(bead?.id)?.querySelector(`.seg[data-side=${side}][data-index="${segment}"]`);
    if (!held || !paragraph) return;
    const joins = text[side].length > segment + 1;
    view.editing = bead;
    editSegment(paragraph, held[1], (what, now, at) => {
      view.editing = null;
      list.heights.delete(bead.id);
      list.redraw([bead]);
      select(bead, { side, segment, reveal: null });
      finish(what, now, at);
    }, { joins });
    list.render();
    drawLinks([list.rows.get(bead.id)]);

    function finish(what, now, at) {
      const place = { document: documentOf(side), place: held[0] };
      if (what === "cancel") return;
      if (!now) {
        alarm(t("segment_empty"));
        return;
      }
      run(async () => {
        if (now !== held[1]) {
          await edit({ do: "correct", ...place, text: now }, t("said_corrected")).catch((error) => {
            // what was written is shown, so that it is not lost
            error.message += ` (${now})`;
            throw error;
          });
        }
        if (what === "join") await does.join();
        if (what !== "cut") return;
        if (!now.slice(0, at).trim() || !now.slice(at).trim()) toast(t("cannot_cut"));
        else await edit({ do: "cut", ...place, at }, t("said_cut"));
      });
    }
  }

  return does;
}


// Every command with its keys: the help sheet, the buttons and the keyboard are all made of this one list.

export const COMMANDS = [
  { do: "next", keys: ["ArrowDown"], group: "go" },
  { do: "previous", keys: ["ArrowUp"], group: "go" },
  { do: "nextDoubtful", keys: ["n"], group: "go" },
  { do: "previousDoubtful", keys: ["p"], group: "go" },
  { do: "right", keys: ["ArrowRight"], group: "go" },
  { do: "left", keys: ["ArrowLeft"], group: "go" },
  { do: "extendDown", keys: ["Shift+ArrowDown"], group: "go" },
  { do: "extendUp", keys: ["Shift+ArrowUp"], group: "go" },
  { do: "pageDown", keys: ["PageDown"], group: "go", quiet: true },
  { do: "pageUp", keys: ["PageUp"], group: "go", quiet: true },
  { do: "first", keys: ["Home"], group: "go" },
  { do: "last", keys: ["End"], group: "go" },
  { do: "goTo", keys: ["g"], group: "go" },
  { do: "find", keys: ["/", "Ctrl+f"], group: "go" },
  { do: "hitOn", keys: ["F3"], group: "go" },
  { do: "order", keys: ["q"], group: "go" },
  { do: "confirm", keys: ["Enter"], group: "judge", bar: "✓" },
  { do: "reject", keys: ["x"], group: "judge" },
  { do: "doubt", keys: ["d"], group: "judge" },
  { do: "unreview", keys: ["u"], group: "judge" },
  { do: "comment", keys: ["c"], group: "judge", bar: "“" },
  { do: "why", keys: ["w"], group: "judge", bar: "?" },
  { do: "terms", keys: ["t"], group: "judge" },
  { do: "merge", keys: ["m"], group: "beads", bar: "⊔" },
  { do: "mergeUp", keys: ["Shift+m"], group: "beads" },
  { do: "split", keys: ["s"], group: "beads", bar: "✂" },
  { do: "shiftUp", keys: ["Alt+ArrowUp", "k"], group: "beads", bar: "↑" },
  { do: "shiftDown", keys: ["Alt+ArrowDown", "j"], group: "beads", bar: "↓" },
  { do: "makeNull", keys: ["0"], group: "beads", bar: "∅" },
  { do: "move", keys: ["v"], group: "beads", bar: "⇅" },
  { do: "realign", keys: ["r"], group: "beads" },
  { do: "edit", keys: ["e", "F2"], group: "texts", bar: "✎" },
  { do: "join", keys: ["i"], group: "texts" },
  { do: "cut", keys: ["Ctrl+Enter"], group: "texts", editing: true },
  { do: "undo", keys: ["z", "Ctrl+z"], group: "other" },
  { do: "redo", keys: ["y", "Ctrl+y", "Ctrl+Shift+z"], group: "other" },
  { do: "history", keys: ["h"], group: "other" },
  { do: "help", keys: ["?"], group: "other" },
  { do: "leave", keys: ["Escape"], group: "other", quiet: true },
];
/** What the bar below the text offers, in this order. */
export const BAR = ["confirm", "merge", "split", "shiftUp", "shiftDown", "makeNull", "move", "edit", "comment", "why"];
export const GROUPS = ["go", "judge", "beads", "texts", "other"];

const byKey = new Map(COMMANDS.filter((one) => !one.editing).flatMap((one) => one.keys.map((key) => [key, one.do])));

/** Name the command of a key press, "" where it has none; `single` tells whether letters alone count. */
export function commandOf(event, single = true) {
  const letter = event.key.length === 1;
  const control = event.ctrlKey || event.metaKey;
  if (letter && !control && event.altKey) return "";
  if (letter && !control && !single && event.key !== "?") return "";
  const name = letter ? event.key.toLowerCase() : event.key;
  // where ? and / are, and whether they need Shift, differs from keyboard to keyboard
  const shift = event.shiftKey && (!letter || /\p{L}/u.test(name));
  const key = `${control ? "Ctrl+" : ""}${event.altKey && !letter ? "Alt+" : ""}${shift ? "Shift+" : ""}${name}`;
  return byKey.get(key) ?? "";
}

const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", Escape: "Esc" };
/** Write a key as it is printed on keyboards. */
export const keyName = (key, t) => key.split("+").map((part) => SHOWN[part] ?? (part.length === 1 ? part : t(`key_${part}`))).join(" ");

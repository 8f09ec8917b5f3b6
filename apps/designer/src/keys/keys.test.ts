// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bindings, isSingleSign } from "./binding.ts";
import type { Command } from "./command.ts";
import { listenForKeys } from "./listen.ts";
import { matching } from "./matching.ts";
import { addCommands, currentCommands } from "./registry.ts";

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  label: id,
  group: "Test",
  run: () => undefined,
  ...more,
});

describe("bindings", () => {
  it.each([
    { keys: "⌘K", presses: ["$mod+k", "$mod+KeyK"] },
    { keys: "G I", presses: ["g i", "KeyG KeyI"] },
    { keys: "⇧L", presses: ["Shift+l", "Shift+KeyL"] },
    { keys: "↓", presses: ["ArrowDown"] },
    { keys: "⌘↵", presses: ["$mod+Enter"] },
    { keys: "?", presses: [String.raw`[Shift]+(\?)`] },
    { keys: "/", presses: ["[Shift]+(/)"] },
    { keys: "+", presses: [String.raw`[Shift]+(\+)`] },
  ])("listens for $keys", ({ keys, presses }) => {
    expect(bindings(keys).map(({ press }) => press)).toEqual(presses);
  });

  it.each([
    { keys: "J", single: true },
    { keys: "?", single: true },
    { keys: "⇧L", single: true },
    { keys: "G I", single: true },
    { keys: "⌘K", single: false },
    { keys: "↓", single: false },
    { keys: "Esc", single: false },
    { keys: "⇧→", single: false },
  ])("$keys is a single sign: $single", ({ keys, single }) => {
    expect(isSingleSign(keys)).toBe(single);
  });
});

describe("listening", () => {
  const undo: (() => void)[] = [];
  let letters = true;

  function give(...commands: Command[]): void {
    undo.push(addCommands({ commands }));
  }
  function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
    const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more });
    target.dispatchEvent(event);
    return event;
  }
  function add(html: string): Element {
    document.body.innerHTML = html;
    const found = document.body.querySelector("[data-here]");
    if (found === null) throw new Error("nothing here");
    return found;
  }

  beforeEach(() => {
    letters = true;
    undo.push(listenForKeys(window, { letters: () => letters }));
  });
  afterEach(() => {
    for (const each of undo.splice(0)) each();
    document.body.innerHTML = "";
  });

  it("runs what was given last for a key", () => {
    const [page, dialog] = [vi.fn(), vi.fn()];
    give(command("page", { keys: "J", run: page }));
    give(command("dialog", { keys: "J", run: dialog }));
    press("j");
    expect(dialog).toHaveBeenCalledOnce();
    expect(page).not.toHaveBeenCalled();
  });

  it("runs what is possible", () => {
    const [first, second] = [vi.fn(), vi.fn()];
    give(command("first", { keys: "J", run: first }));
    give(command("second", { keys: "J", run: second, when: () => false }));
    press("j");
    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });

  it("hears one key after another", () => {
    const run = vi.fn();
    give(command("runs", { keys: "G R", run }));
    press("g");
    press("r");
    expect(run).toHaveBeenCalledOnce();
  });

  it("hears the place of a key whose letter is not Latin", () => {
    const run = vi.fn();
    give(command("palette", { keys: "⌘K", run }));
    press("л", { code: "KeyK", ctrlKey: true });
    expect(run).toHaveBeenCalledOnce();
  });

  it("goes by the letter where letters are Latin", () => {
    const run = vi.fn();
    give(command("next", { keys: "J", run }));
    press("h", { code: "KeyJ" });
    expect(run).not.toHaveBeenCalled();
    press("j", { code: "KeyC" });
    expect(run).toHaveBeenCalledOnce();
  });

  it.each([
    "<input data-here>",
    "<textarea data-here></textarea>",
    "<select data-here></select>",
    '<div contenteditable="true"><p data-here></p></div>',
    '<div role="menu"><button data-here></button></div>',
    '<div role="dialog"><button data-here></button></div>',
  ])("fires no letter in %s", (html) => {
    const run = vi.fn();
    give(command("next", { keys: ["J", "⌘D"], run }));
    const target = add(html);
    expect(press("j", {}, target).defaultPrevented).toBe(false);
    press("d", { ctrlKey: true }, target);
    expect(run).not.toHaveBeenCalled();
  });

  it("fires what works in inputs, too", () => {
    const run = vi.fn();
    give(command("palette", { keys: "⌘K", inInputs: true, run }));
    press("k", { ctrlKey: true }, add("<input data-here>"));
    expect(run).toHaveBeenCalledOnce();
  });

  it("fires letters beside a checkbox", () => {
    const run = vi.fn();
    give(command("next", { keys: "J", run }));
    press("j", {}, add('<input type="checkbox" data-here>'));
    expect(run).toHaveBeenCalledOnce();
  });

  it("fires no single sign when they are switched off", () => {
    const run = vi.fn();
    give(command("next", { keys: ["J", "↓"], run }));
    letters = false;
    press("j");
    expect(run).not.toHaveBeenCalled();
    press("ArrowDown");
    expect(run).toHaveBeenCalledOnce();
  });

  it("forgets the commands of a page that is gone", () => {
    const run = vi.fn();
    addCommands({ commands: [command("gone", { keys: "J", run })] })();
    press("j");
    expect(run).not.toHaveBeenCalled();
    expect(currentCommands().map(({ id }) => id)).not.toContain("gone");
  });
});

describe("the palette finds", () => {
  const commands = [
    command("runs", { label: "Go to Runs", group: "Go to" }),
    command("new", { label: "New flow…", group: "Flows", also: "create" }),
    command("tidy", { label: "Tidy the flow", group: "Designer" }),
  ];
  it.each([
    { text: "", found: ["runs", "new", "tidy"] },
    { text: "flow", found: ["new", "tidy"] },
    { text: "CREATE", found: ["new"] },
    { text: "go ru", found: ["runs"] },
    { text: "nothing of it", found: [] },
  ])("$found for “$text”", ({ text, found }) => {
    expect(matching(commands, text).map(({ id }) => id)).toEqual(found);
  });
});

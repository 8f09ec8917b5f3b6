// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepFocus } from "./keep-focus.ts";

describe("the focus", () => {
  let stop: () => void;
  const at = (id: string): HTMLElement => {
    const found = document.querySelector<HTMLElement>(`#${id}`);
    if (found === null) throw new Error(`no ${id}`);
    return found;
  };
  const focused = (): string => document.activeElement?.id ?? "";
  /** What had the focus goes away. */
  async function press(id: string, then: () => void): Promise<void> {
    at(id).focus();
    then();
    await vi.advanceTimersByTimeAsync(1_000);
  }

  beforeEach(() => {
    vi.useFakeTimers();
    stop = keepFocus(document);
    document.body.innerHTML = `
      <div id="list"><div><button id="a">a</button></div><div id="row"><button id="b">b</button></div><div><button id="c">c</button></div></div>
      <button id="add">add</button>`;
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it("goes to what comes after a row that is removed", async () => {
    await press("b", () => at("row").remove());
    expect(focused()).toBe("c");
  });

  it("goes to what came before, where nothing comes after", async () => {
    await press("c", () => at("c").parentElement?.remove());
    expect(focused()).toBe("b");
  });

  it("goes beside the list where the whole list goes away", async () => {
    await press("b", () => at("list").remove());
    expect(focused()).toBe("add");
  });

  it("stays with a control that is drawn anew", async () => {
    at("row").innerHTML = '<i></i><button id="old" aria-label="Remove">x</button>';
    await press(
      "old",
      () => (at("row").innerHTML = '<button id="other">y</button><button id="new" aria-label="Remove">x</button>'),
    );
    expect(focused()).toBe("new");
  });

  it("goes on where what it goes to goes away, too", async () => {
    await press("b", () => at("row").remove());
    at("c").parentElement?.remove();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(focused()).toBe("a");
  });

  it("comes back to what was only switched off for a moment", async () => {
    await press("b", () => {
      at("b").blur();
      at("b").toggleAttribute("disabled", true);
      at("b").toggleAttribute("disabled", false);
    });
    expect(focused()).toBe("b");
  });

  it("is left alone where somebody pressed on the ground", async () => {
    at("b").focus();
    document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    at("row").remove();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(document.activeElement).toBe(document.body);
  });

  it("is not taken from where the page has put it", async () => {
    await press("b", () => {
      at("row").remove();
      at("a").focus();
    });
    expect(focused()).toBe("a");
  });
});

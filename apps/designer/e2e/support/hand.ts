/** The two ways to work a page: with the mouse, or with the keyboard alone. A story is told once and played with either. */
import { expect, type Locator, type Page } from "@playwright/test";

/** A way out of a card. */
export interface Way {
  readonly id: string;
  readonly port: string;
}

export interface Hand {
  /** Does what pressing a button does. */
  readonly press: (target: Locator) => Promise<void>;
  /** Puts a text where there was another. */
  readonly write: (target: Locator, text: string) => Promise<void>;
  /** One of a list or a menu that this opens. */
  readonly choose: (opener: Locator, option: Locator) => Promise<void>;
  /** One of the panel's tabs. */
  readonly tab: (tab: Locator) => Promise<void>;
  /** Asks what comes next after a port. */
  readonly ask: (from: Way) => Promise<Locator>;
  /** Answers it: what is typed, and which of the rows is meant. */
  readonly answer: (question: Locator, typed: string, row: Locator) => Promise<void>;
  /** Goes into the settings of the card that was just added. */
  readonly open: () => Promise<void>;
}

const card = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"]`);

const questionOf = (page: Page): Locator => page.getByRole("dialog", { name: "Add a node" });

export class Mouse implements Hand {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press = (target: Locator): Promise<void> => target.click();

  write = async (target: Locator, text: string): Promise<void> => {
    if (await isPlain(target)) return target.fill(text);
    await target.click();
    await replace(this.#page, text);
  };

  choose = async (opener: Locator, option: Locator): Promise<void> => {
    await opener.click();
    await option.click();
  };

  tab = (tab: Locator): Promise<void> => tab.click();

  ask = async ({ id, port }: Way): Promise<Locator> => {
    await this.#show(id);
    await this.#page.locator(`.react-flow__node[data-id="${id}"] [data-handleid="${port}"]`).click();
    return questionOf(this.#page);
  };

  answer = async (question: Locator, typed: string, row: Locator): Promise<void> => {
    await question.getByRole("combobox").fill(typed);
    await row.click();
  };

  open = (): Promise<void> => Promise.resolve();

  /** Turns the wheel until the card stands in the middle. */
  async #show(id: string): Promise<void> {
    const page = this.#page;
    const canvas = page.locator(".react-flow").first();
    await expect(async () => {
      const [pane, box] = await Promise.all([canvas.boundingBox(), card(page, id).boundingBox()]);
      if (pane === null || box === null) throw new Error(`${id} is not in the page`);
      const dx = box.x + box.width / 2 - (pane.x + pane.width / 2);
      const dy = box.y + box.height / 2 - (pane.y + pane.height / 2);
      await page.mouse.move(pane.x + pane.width / 2, pane.y + 40);
      if (Math.abs(dx) > 60 || Math.abs(dy) > 100) await page.mouse.wheel(dx, dy);
      expect(Math.abs(dx)).toBeLessThan(260);
      expect(Math.abs(dy)).toBeLessThan(240);
    }).toPass({ timeout: 10_000 });
  }
}

/** Tab, arrows, Enter, Escape and letters. Nothing here clicks, and nothing gives an element the focus by itself. */
export class Keys implements Hand {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press = async (target: Locator): Promise<void> => {
    await this.reach(target);
    await this.#page.keyboard.press("Enter");
    // Whatever a press does, something has the focus afterwards.
    const lost = (): Promise<boolean> => this.#page.evaluate(() => document.activeElement === document.body);
    await expect.poll(lost, { message: `the focus is lost after ${String(target)}` }).toBe(false);
  };

  write = async (target: Locator, text: string): Promise<void> => {
    await this.reach(target);
    await replace(this.#page, text);
  };

  choose = async (opener: Locator, option: Locator): Promise<void> => {
    const open = this.#page.locator("[role=menu], [role=listbox]").filter({ visible: true });
    // A list that was opened before the page knew the option is closed and opened again, as anybody would.
    await expect(async () => {
      if ((await open.count()) > 0) await this.#page.keyboard.press("Escape");
      await this.reach(opener);
      await this.#page.keyboard.press((await isPlain(opener)) ? "ArrowDown" : "Enter");
      await option.waitFor({ timeout: 3_000 });
    }).toPass({ timeout: 20_000 });
    await this.#arrow(option, "ArrowDown");
    await this.#page.keyboard.press("Enter");
    // A list that is still closing would take the next key.
    await expect(this.#page.locator("[role=menu], [role=listbox]").filter({ visible: true })).toHaveCount(0);
  };

  tab = async (tab: Locator): Promise<void> => {
    if ((await tab.getAttribute("aria-selected")) === "true") return;
    await this.reach(tab.locator("xpath=..").locator("[aria-selected=true]"));
    await this.#arrow(tab, "ArrowRight");
  };

  ask = async ({ id, port }: Way): Promise<Locator> => {
    await this.goTo(id);
    await this.#page.keyboard.press("+");
    const question = questionOf(this.#page);
    await question.waitFor();
    const wanted = question.getByRole("radio").and(question.locator(`[data-port="${port}"]`));
    if ((await wanted.count()) > 0) {
      for (let turns = 0; (await wanted.getAttribute("aria-checked")) !== "true"; turns += 1) {
        if (turns > 20) throw new Error(`no way to the outcome ${port} of ${id}`);
        await this.#page.keyboard.press("ArrowRight");
      }
    }
    return question;
  };

  answer = async (question: Locator, typed: string, row: Locator): Promise<void> => {
    await this.#page.keyboard.type(typed);
    await row.waitFor();
    for (let turns = 0; (await row.getAttribute("aria-selected")) !== "true"; turns += 1) {
      if (turns > 60) throw new Error(`no way to ${typed}`);
      await this.#page.keyboard.press("ArrowDown");
    }
    await this.#page.keyboard.press("Enter");
    await expect(question).toBeHidden();
  };

  open = async (): Promise<void> => {
    await this.#page.locator("[data-node]:focus").waitFor();
    await this.#page.keyboard.press("Enter");
  };

  /** Back to the canvas, and to one of its cards by its id or its name. */
  async goTo(id: string, typed = id): Promise<void> {
    const target = card(this.#page, id);
    await this.toCanvas();
    if (await isFocused(target)) return;
    await this.#page.keyboard.press("ControlOrMeta+F");
    await this.#page.getByRole("dialog", { name: "Find" }).waitFor();
    await this.#page.keyboard.type(typed);
    await this.#page.keyboard.press("Enter");
    await expect(target).toBeFocused();
  }

  /** Escape leads from a panel to its card. */
  async toCanvas(): Promise<void> {
    const onCard = this.#page.locator("[data-node]:focus");
    for (let turns = 0; (await onCard.count()) === 0; turns += 1) {
      if (turns > 4) throw new Error("Escape does not lead back to the canvas");
      await this.#page.keyboard.press("Escape");
      await onCard.waitFor({ timeout: 500 }).catch(() => undefined);
    }
  }

  /** Presses Tab until something has the focus; in a group that has one place in the order, the arrows. */
  async reach(target: Locator): Promise<void> {
    await target.waitFor();
    let last = "";
    for (let looks = 0; looks < 400; looks += 1) {
      const way = await target.evaluate(wayTo);
      if (way.there) return;
      // The page may change under way: leaps end a few stops before, and after some it goes on by single steps.
      const leap = looks < 4 ? Math.max(1, way.steps - 3) : 1;
      const lost = way.at.startsWith("<body");
      const key = lost && looks % 2 === 1 ? "Shift+Tab" : way.key;
      await Promise.all(Array.from({ length: leap }, () => this.#page.keyboard.press(key)));
      last = `${key} ${String(leap)}×, at ${way.at}`;
    }
    throw new Error(`Tab does not lead to ${String(target)}: ${last}`);
  }

  /** Arrows until a row of a list is the chosen one. */
  async #arrow(target: Locator, key: string): Promise<void> {
    for (let turns = 0; ; turns += 1) {
      if (turns > 80) throw new Error(`${key} does not lead to ${String(target)}`);
      const standing = await target.evaluate(standingOf);
      if (standing === "chosen") return;
      if (standing === "away") await this.#page.keyboard.press(key);
    }
  }
}

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Runs in the page. The focus may follow what is marked a moment later; in a field with a list it stays in the field. */
function standingOf(element: Element): "chosen" | "coming" | "away" {
  const { activeElement } = document;
  if (element === activeElement) return "chosen";
  const marked = element.matches("[data-highlighted]");
  if (marked) return activeElement instanceof HTMLInputElement ? "chosen" : "coming";
  const list = element.closest("[role=menu], [role=listbox]");
  return list !== null && !list.contains(activeElement) && !(activeElement instanceof HTMLInputElement)
    ? "coming"
    : "away";
}

/** Whether it is typed into. */
export const isPlain = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element.matches("input, textarea"));

async function replace(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

/** Runs in the page: which key leads nearer, and how often it is to be pressed before looking again. */
function wayTo(target: Element): { there: boolean; key: string; steps: number; at: string } {
  const active = document.activeElement;
  const at = active?.outerHTML.slice(0, 200) ?? "nothing";
  if (active === target) return { there: true, key: "", steps: 0, at };
  const inOrder = (element: Element): boolean =>
    element instanceof HTMLElement &&
    (element.tabIndex >= 0 || element.getAttribute("contenteditable") === "true") &&
    !element.matches(":disabled") &&
    element.closest("[inert]") === null &&
    element.checkVisibility({ visibilityProperty: true });
  const group = target.closest("[role=toolbar], [role=tablist], [role=radiogroup], [role=group]");
  if (!inOrder(target) && group?.contains(active) === true) {
    return { there: false, key: "ArrowRight", steps: 1, at };
  }
  const order = [
    ...document.querySelectorAll("a[href], button, input, textarea, select, [tabindex], [contenteditable]"),
  ].filter(inOrder);
  const goal = inOrder(target) ? target : order.find((element) => group?.contains(element) === true);
  const to = goal === undefined ? 0 : order.indexOf(goal);
  // What has the focus may be no stop of this list (a pane that scrolls): it stands between two of them.
  const here = active === null ? -1 : order.indexOf(active);
  const before = (element: Element): boolean =>
    active !== null && (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  // Nothing has the focus, and where Tab goes on from nobody can see: one step tells.
  if (active === document.body) return { there: false, key: "Tab", steps: 1, at };
  const from = here >= 0 ? here : order.filter(before).length - 0.5;
  // Never over an end of the page: beyond it some browsers have bars of their own, and others do not come back.
  return to > from
    ? { there: false, key: "Tab", steps: Math.ceil(to - from), at }
    : { there: false, key: "Shift+Tab", steps: Math.ceil(from - to), at };
}

/** Draws a flow as a person does: cards from a port, their settings in the panel. */
import { expect, type Locator, type Page } from "@playwright/test";
import { inspector, nodeName } from "./flows.ts";
import { isPlain, type Hand, type Way } from "./hand.ts";
import { object } from "./refunds.ts";

/** How the palette calls each kind of node. */
export const PALETTE: Readonly<Record<string, string>> = {
  "ai.object": "Fill a form with AI",
  "ai.text": "Write text with AI",
  "wait.event": "Wait for an event",
  "email.send": "E-mail",
  "http.request": "HTTP request",
  "data.set": "Set data",
  "payments.refund": "Pay back",
  ask: "Ask a person",
  branch: "Branch",
  end: "End",
};

const UNITS: Readonly<Record<string, string>> = { d: "days", h: "hours", m: "minutes", s: "seconds" };

export interface NodeSpec {
  readonly type: string;
  readonly name?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly timeout?: string | undefined;
  readonly credential?: string | undefined;
}

export class Builder {
  readonly #page: Page;
  readonly #hand: Hand;

  constructor(page: Page, hand: Hand) {
    this.#page = page;
    this.#hand = hand;
  }

  card(id: string): Locator {
    return this.#page.locator(`[data-node="${id}"]`);
  }

  /** A node after a port, as the answer to “what comes next?”. */
  async add(from: Way, id: string, spec: NodeSpec): Promise<void> {
    const question = await this.#hand.ask(from);
    const title = PALETTE[spec.type] ?? spec.type;
    await this.#hand.answer(question, title, question.getByRole("option", { name: title }).first());
    await this.settings(id, spec);
  }

  /** From a port to a card that is there. */
  async connect(from: Way, to: string): Promise<void> {
    const question = await this.#hand.ask(from);
    const there = question.getByRole("group", { name: "Go to a node that is there" });
    await this.#hand.answer(question, to, there.getByRole("option", { name: to }));
  }

  /** The selected node becomes what is asked for. */
  async settings(id: string, { type, name, params, timeout, credential }: NodeSpec): Promise<void> {
    const panel = inspector(this.#page);
    await this.#hand.open();
    if (name !== undefined) await this.#hand.write(nodeName(this.#page), name);
    await this.#hand.choose(
      panel.getByRole("button", { name: "More", exact: true }),
      this.#page.getByRole("menuitem", { name: "Change the id…" }),
    );
    const dialog = this.#page.getByRole("dialog", { name: "Change the id" });
    await this.#hand.write(dialog.getByLabel("Id"), id);
    await this.#hand.press(dialog.getByRole("button", { name: "Change the id" }));
    await expect(this.card(id)).toBeVisible();
    const { inbox, outcomes, cases, timeout: deadline, ...others } = params;
    await this.#tab("Setup");
    for (const [key, value] of Object.entries(others)) await this.fill(`/nodes/${id}/params/${key}`, value);
    if (Array.isArray(outcomes)) await this.#rows(`/nodes/${id}/params/outcomes`, outcomes, "Answers");
    if (Array.isArray(cases)) await this.#rows(`/nodes/${id}/params/cases`, cases, "Cases");
    if (credential !== undefined) await this.#credential(`/nodes/${id}/credential`, credential);
    if (inbox !== undefined) await this.#inbox(id, object(inbox));
    if (deadline !== undefined) {
      await this.#tab("Deadline");
      await this.fill(`/nodes/${id}/params/timeout`, deadline);
    }
    if (timeout !== undefined) {
      await this.#tab("Retry");
      await this.fill(`/nodes/${id}/timeout`, timeout);
    }
    expect(type).not.toBe("");
  }

  field(pointer: string): Locator {
    return inspector(this.#page).locator(`[data-field="${pointer}"]`).last();
  }

  /** One field, by whatever it is made of. */
  async fill(pointer: string, value: unknown): Promise<void> {
    if ((await this.field(pointer).count()) === 0) {
      await this.#hand.press(inspector(this.#page).getByRole("button", { name: "More settings" }));
    }
    const field = this.field(pointer);
    const json = field.getByRole("button", { name: "JSON", exact: true });
    if (typeof value === "object" && (await json.count()) > 0) {
      await this.#hand.press(json.first());
      await this.#hand.write(field.locator(".cm-content").first(), JSON.stringify(value));
    } else if (Array.isArray(value)) await this.#list(field, pointer, value);
    else if (typeof value === "object") await this.#record(field, object(value));
    else await this.#plain(field, typeof value === "string" ? value : JSON.stringify(value));
  }

  /** A length of time, a switch, a text, one of a few, or a line. */
  async #plain(field: Locator, value: string): Promise<void> {
    if ((await field.getByRole("combobox", { name: /unit$/ }).count()) > 0) {
      await this.#duration(field, value);
    } else if ((await field.getByRole("switch").count()) > 0) await this.#hand.press(field.getByRole("switch"));
    else if ((await field.locator(".cm-content").count()) > 0) {
      await this.#hand.write(field.locator(".cm-content").first(), value);
    } else if ((await field.getByRole("combobox").count()) > 0) await this.#choose(field, value);
    else await this.#hand.write(field.locator("input:visible, textarea:visible").first(), value);
  }

  /** Typed: what comes from the environment stands in no list. */
  async #credential(pointer: string, name: string): Promise<void> {
    const field = this.field(pointer).getByRole("combobox");
    await this.#hand.write(field, name);
    await this.#page.getByRole("option", { name }).first().waitFor();
    await this.#page.keyboard.press("Enter");
    await expect(field).toHaveValue(name);
  }

  async #tab(name: string): Promise<void> {
    await this.#hand.tab(inspector(this.#page).getByRole("tab", { name, exact: true }));
  }

  async #choose(field: Locator, value: string): Promise<void> {
    const box = field.getByRole("combobox");
    const option = this.#page.getByRole("option", { name: new RegExp(`^(?:Use “)?${value}\\b`) });
    // What can be typed need not be among what is offered.
    if (await isPlain(box)) await this.#hand.write(box, value);
    await this.#hand.choose(box, option.first());
  }

  async #duration(field: Locator, value: string): Promise<void> {
    const amount = /^\d+/.exec(value)?.[0] ?? "";
    const unit = UNITS[value.slice(amount.length)] ?? "";
    const input = field.locator("input:visible").first();
    await this.#hand.write(input, amount);
    await this.#page.keyboard.press("Enter");
    const select = field.getByRole("combobox", { name: /unit$/ }).first();
    if ((await select.textContent())?.includes(unit) !== true) {
      await this.#hand.choose(select, this.#page.getByRole("option", { name: unit }));
    }
  }

  async #list(field: Locator, pointer: string, values: readonly unknown[]): Promise<void> {
    for (const [at, value] of values.entries()) {
      if ((await this.field(`${pointer}/${at}`).count()) === 0) {
        await this.#hand.press(field.getByRole("button", { name: /^Add to / }).last());
      }
      await this.fill(`${pointer}/${at}`, value);
    }
  }

  /** Names with values. */
  async #record(field: Locator, values: Readonly<Record<string, unknown>>): Promise<void> {
    const rows = field.getByRole("textbox", { name: "Name", exact: true });
    for (const [at, [name, value]] of Object.entries(values).entries()) {
      if ((await rows.count()) <= at) {
        await this.#hand.press(field.getByRole("button", { name: /^Add to / }).last());
      }
      await this.#hand.write(rows.nth(at), name);
      await this.#page.keyboard.press("Tab");
      await this.#hand.write(field.locator(".cm-content").nth(at), String(value));
    }
  }

  async #rows(pointer: string, rows: readonly unknown[], label: string): Promise<void> {
    for (const [at, row] of rows.entries()) {
      if ((await this.field(`${pointer}/${at}`).count()) === 0) {
        await this.#hand.press(inspector(this.#page).getByRole("button", { name: `Add to ${label}` }));
      }
      const head = this.field(`${pointer}/${at}`).getByRole("button").first();
      if ((await head.getAttribute("aria-expanded")) !== "true") await this.#hand.press(head);
      for (const [key, value] of Object.entries(object(row))) {
        if (key === "when") await this.#condition(this.field(`${pointer}/${at}/${key}`), String(value));
        else await this.fill(`${pointer}/${at}/${key}`, value);
      }
    }
  }

  async #condition(field: Locator, cel: string): Promise<void> {
    await this.#hand.press(field.getByRole("button", { name: "CEL", exact: true }));
    await this.#hand.write(field.locator(".cm-content").first(), cel);
  }

  /** What people are asked, and the form. */
  async #inbox(id: string, inbox: Readonly<Record<string, unknown>>): Promise<void> {
    const at = `/nodes/${id}/params/inbox`;
    const { title, description, context, form, reminders, columns, notRequester } = inbox;
    await this.#tab("Setup");
    await this.fill(`${at}/title`, title);
    await this.fill(`${at}/description`, description);
    if (notRequester === true) await this.fill(`${at}/notRequester`, true);
    await this.#tab("Form");
    await this.fill(`${at}/context`, context);
    await this.fill(`${at}/form`, form);
    await this.#tab("Deadline");
    await this.fill(`${at}/reminders`, reminders);
    await this.#tab("Setup");
    for (const column of Array.isArray(columns) ? columns : []) {
      const called = column === "amount" ? "Amount to refund" : String(column);
      await this.#hand.choose(
        this.field(`${at}/columns`).getByRole("button", { name: "Column" }),
        this.#page.getByRole("menuitem", { name: called }),
      );
    }
  }
}

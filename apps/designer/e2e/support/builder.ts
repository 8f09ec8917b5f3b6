/** Draws a flow as a person does: cards by a click on a port, their settings in the panel. */
import { expect, type Locator, type Page } from "@playwright/test";
import { inspector, nodeName } from "./flows.ts";
import { object } from "./refunds.ts";

/** How the palette calls each kind of node. */
export const PALETTE: Readonly<Record<string, string>> = {
  "ai.object": "Fill a form with AI",
  "ai.text": "Write text with AI",
  "wait.event": "Wait for an event",
  "email.send": "E-mail",
  "http.request": "HTTP request",
  "data.set": "Set data",
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

  constructor(page: Page) {
    this.#page = page;
  }

  card(id: string): Locator {
    return this.#page.locator(`[data-node="${id}"]`);
  }

  port(id: string, port: string): Locator {
    return this.#page.locator(`.react-flow__node[data-id="${id}"] [data-handleid="${port}"]`);
  }

  /** Turns the wheel until the card stands in the middle. */
  async show(id: string): Promise<void> {
    const canvas = this.#page.locator(".react-flow").first();
    await expect(async () => {
      const [pane, box] = await Promise.all([canvas.boundingBox(), this.card(id).boundingBox()]);
      if (pane === null || box === null) throw new Error(`${id} is not in the page`);
      const dx = box.x + box.width / 2 - (pane.x + pane.width / 2);
      const dy = box.y + box.height / 2 - (pane.y + pane.height / 2);
      await this.#page.mouse.move(pane.x + pane.width / 2, pane.y + 40);
      if (Math.abs(dx) > 60 || Math.abs(dy) > 100) await this.#page.mouse.wheel(dx, dy);
      expect(Math.abs(dx)).toBeLessThan(260);
      expect(Math.abs(dy)).toBeLessThan(240);
    }).toPass({ timeout: 10_000 });
  }

  /** A node after a port, as the answer to “what comes next?”. */
  async add(from: { readonly id: string; readonly port: string }, id: string, spec: NodeSpec): Promise<void> {
    await this.show(from.id);
    await this.port(from.id, from.port).click();
    const question = this.#page.getByRole("dialog", { name: "Add a node" });
    await question.getByRole("combobox").fill(PALETTE[spec.type] ?? spec.type);
    await question
      .getByRole("option", { name: PALETTE[spec.type] ?? spec.type })
      .first()
      .click();
    await this.settings(id, spec);
  }

  /** From a port to a card that is there. */
  async connect(from: { readonly id: string; readonly port: string }, to: string): Promise<void> {
    await this.show(from.id);
    await this.port(from.id, from.port).click();
    const question = this.#page.getByRole("dialog", { name: "Add a node" });
    await question.getByRole("combobox").fill(to);
    await question.getByRole("group", { name: "Go to a node that is there" }).getByRole("option", { name: to }).click();
  }

  /** The selected node becomes what is asked for. */
  async settings(id: string, { type, name, params, timeout, credential }: NodeSpec): Promise<void> {
    const panel = inspector(this.#page);
    if (name !== undefined) await nodeName(this.#page).fill(name);
    await panel.getByRole("button", { name: "More", exact: true }).click();
    await this.#page.getByRole("menuitem", { name: "Change the id…" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "Change the id" });
    await dialog.getByLabel("Id").fill(id);
    await dialog.getByRole("button", { name: "Change the id" }).click();
    await expect(this.card(id)).toBeVisible();
    const { inbox, outcomes, cases, timeout: deadline, ...others } = params;
    await this.#tab("Setup");
    for (const [key, value] of Object.entries(others)) await this.fill(`/nodes/${id}/params/${key}`, value);
    if (Array.isArray(outcomes)) await this.#rows(`/nodes/${id}/params/outcomes`, outcomes, "Answers");
    if (Array.isArray(cases)) await this.#rows(`/nodes/${id}/params/cases`, cases, "Cases");
    if (credential !== undefined) await this.fill(`/nodes/${id}/credential`, credential);
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
      await inspector(this.#page).getByRole("button", { name: "More settings" }).click();
    }
    const field = this.field(pointer);
    const json = field.getByRole("button", { name: "JSON", exact: true });
    if (typeof value === "object" && (await json.count()) > 0) {
      await json.first().click();
      await this.text(field.locator(".cm-content").first(), JSON.stringify(value));
    } else if (Array.isArray(value)) await this.#list(field, pointer, value);
    else if (typeof value === "object") await this.#record(field, object(value));
    else await this.#plain(field, typeof value === "string" ? value : JSON.stringify(value));
  }

  /** A length of time, a switch, a text, one of a few, or a line. */
  async #plain(field: Locator, value: string): Promise<void> {
    if ((await field.getByRole("combobox", { name: /unit$/ }).count()) > 0) {
      await this.#duration(field, value);
    } else if ((await field.getByRole("switch").count()) > 0) await field.getByRole("switch").click();
    else if ((await field.locator(".cm-content").count()) > 0) {
      await this.text(field.locator(".cm-content").first(), value);
    } else if ((await field.getByRole("combobox").count()) > 0) await this.#choose(field, value);
    else await field.locator("input:visible, textarea:visible").first().fill(value);
  }

  /** Puts a text where there was another, as pasting does. */
  async text(editor: Locator, text: string): Promise<void> {
    await editor.click();
    await this.#page.keyboard.press("ControlOrMeta+A");
    await this.#page.keyboard.insertText(text);
  }

  async #tab(name: string): Promise<void> {
    await inspector(this.#page).getByRole("tab", { name, exact: true }).click();
  }

  async #choose(field: Locator, value: string): Promise<void> {
    await field.getByRole("combobox").click();
    await this.#page
      .getByRole("option", { name: new RegExp(`^${value}\\b`) })
      .first()
      .click();
  }

  async #duration(field: Locator, value: string): Promise<void> {
    const amount = /^\d+/.exec(value)?.[0] ?? "";
    const unit = UNITS[value.slice(amount.length)] ?? "";
    const input = field.locator("input:visible").first();
    await input.fill(amount);
    await input.press("Enter");
    const select = field.getByRole("combobox", { name: /unit$/ }).first();
    if ((await select.textContent())?.includes(unit) !== true) {
      await select.click();
      await this.#page.getByRole("option", { name: unit }).click();
    }
  }

  async #list(field: Locator, pointer: string, values: readonly unknown[]): Promise<void> {
    for (const [at, value] of values.entries()) {
      if ((await this.field(`${pointer}/${at}`).count()) === 0) {
        await field
          .getByRole("button", { name: /^Add to / })
          .last()
          .click();
      }
      await this.fill(`${pointer}/${at}`, value);
    }
  }

  /** Names with values. */
  async #record(field: Locator, values: Readonly<Record<string, unknown>>): Promise<void> {
    const rows = field.getByRole("textbox", { name: "Name", exact: true });
    for (const [at, [name, value]] of Object.entries(values).entries()) {
      if ((await rows.count()) <= at) {
        await field
          .getByRole("button", { name: /^Add to / })
          .last()
          .click();
      }
      await rows.nth(at).fill(name);
      await rows.nth(at).press("Tab");
      await this.text(field.locator(".cm-content").nth(at), String(value));
    }
  }

  async #rows(pointer: string, rows: readonly unknown[], label: string): Promise<void> {
    for (const [at, row] of rows.entries()) {
      if ((await this.field(`${pointer}/${at}`).count()) === 0) {
        await inspector(this.#page)
          .getByRole("button", { name: `Add to ${label}` })
          .click();
      }
      const head = this.field(`${pointer}/${at}`).getByRole("button").first();
      if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
      for (const [key, value] of Object.entries(object(row))) {
        if (key === "when") await this.#condition(this.field(`${pointer}/${at}/${key}`), String(value));
        else await this.fill(`${pointer}/${at}/${key}`, value);
      }
    }
  }

  async #condition(field: Locator, cel: string): Promise<void> {
    await field.getByRole("button", { name: "CEL", exact: true }).click();
    await this.text(field.locator(".cm-content").first(), cel);
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
      await this.field(`${at}/columns`).getByRole("button", { name: "Column" }).click();
      await this.#page
        .getByRole("menuitem", { name: column === "amount" ? "Amount to refund" : String(column) })
        .click();
    }
  }
}

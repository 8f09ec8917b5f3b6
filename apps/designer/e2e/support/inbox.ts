/** The inbox as a person works with it. */
import { expect, type Locator, type Page } from "@playwright/test";
import { items, until } from "./refunds.ts";
import type { Runtime } from "./runtime.ts";

export const list = (page: Page): Locator => page.getByRole("region", { name: "Tasks" });

/** A row of the list, by its title. */
export const row = (page: Page, title: string | RegExp): Locator => list(page).getByRole("button", { name: title });

export const answer = (page: Page, name: "Approve" | "Reject"): Locator =>
  page.getByRole("button", { name: new RegExp(`^${name}`) });

/** The open task's question. */
export const question = (page: Page, title: string | RegExp): Locator =>
  page.getByRole("heading", { level: 2, name: title });

/** What stands in place of the answers once one was given; a screen reader is told the same. */
export const said = (page: Page, text: string): Locator => page.getByRole("main").getByText(text, { exact: true });

export interface Answered {
  readonly status: number;
  readonly code: string | undefined;
  readonly data: unknown;
}

/** Calls a procedure as whoever has signed in on the page. */
export async function call(page: Page, runtime: Runtime, procedure: string, input: unknown): Promise<Answered> {
  const answered = await page.request.post(`${runtime.url}/rpc/${procedure}`, {
    headers: { origin: runtime.url, "sec-fetch-site": "same-origin" },
    data: input,
  });
  const told: unknown = await answered.json();
  return { status: answered.status(), code: codeIn(told), data: told };
}

function codeIn(told: unknown): string | undefined {
  return /"code":"([a-z_]+)"/.exec(JSON.stringify(told))?.[1];
}

/** A key, once nothing is being typed into. */
export async function press(page: Page, key: string): Promise<void> {
  await page.locator("#content").focus();
  await page.keyboard.press(key);
}

/** The id of a person of the demo. */
export async function idOf(page: Page, runtime: Runtime, who: string): Promise<string> {
  const { email } = runtime.person(who);
  const answered = await page.request.get(`${runtime.url}/rpc/people.list`);
  const found = new RegExp(`"id":"([0-9a-f-]{36})"[^{}]*"email":"${email}"`).exec(await answered.text())?.[1];
  expect(found, `the id of ${who}`).toBeDefined();
  return found ?? "";
}

const LINK = /\/(?:decide\/|inbox\?task=)[\w-]+/;

/** The path of the link in the first mail that tells somebody of a task. */
export function mailedLink(runtime: Runtime, who: string, title: string): Promise<string> {
  const { email } = runtime.person(who);
  return until(async () => {
    const mails = items(await (await fetch(`${runtime.demo.shop.url}/mails.json`)).json());
    const told = mails.map((mail) => JSON.stringify(mail)).find((mail) => mail.includes(email) && mail.includes(title));
    return told === undefined ? undefined : LINK.exec(told)?.[0];
  });
}

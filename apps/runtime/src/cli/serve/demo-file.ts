/** `DIR/demo.json`: all that a script needs to drive a fresh demo. Only its owner may read it. */
import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Demo, DemoSecrets } from "../../people/demo-people.ts";

const demoFile = z.looseObject({
  url: z.string(),
  apiKey: z.string(),
  people: z.array(z.looseObject({ email: z.string(), password: z.string() })),
});
const secretsFile = z.object({ bankKey: z.string().optional(), paymentToken: z.string() });

export interface KeptDemo extends DemoSecrets {
  /** What the shop's payment service asks for. */
  readonly paymentToken: string;
}

/** What earlier starts have kept; what is missing is made up anew. */
export async function readKeptDemo(dir: string): Promise<KeptDemo> {
  const demo = demoFile.safeParse(await readJson(join(dir, "demo.json"))).data;
  const secrets = secretsFile.safeParse(await readJson(join(dir, "demo.secrets.json"))).data;
  return {
    apiKey: demo?.apiKey,
    bankKey: secrets?.bankKey,
    passwords: new Map(demo?.people.map(({ email, password }) => [email, password])),
    paymentToken: secrets?.paymentToken ?? randomBytes(24).toString("hex"),
  };
}

export async function writeDemo(
  dir: string,
  demo: Demo,
  more: {
    readonly url: string;
    readonly paymentToken: string;
    readonly shop: { readonly url: string; readonly mails: string };
  },
): Promise<void> {
  const { apiKey, bankKey, people } = demo;
  const { url, shop, paymentToken } = more;
  await writeWhole(join(dir, "demo.secrets.json"), { bankKey, paymentToken });
  await writeWhole(join(dir, "demo.json"), {
    url,
    apiKey,
    people: people.map(({ name, email, password, roles, groups }) => ({ name, email, password, roles, groups })),
    shop,
  });
}

/** Never half written: a script may be waiting for the file. */
async function writeWhole(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

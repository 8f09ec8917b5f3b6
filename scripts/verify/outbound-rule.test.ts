/** The rule that node types reach the outside through one door alone holds, and lets that door be. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../root.ts";

const WAYS_OUT = {
  "fetch.ts": 'export const go = (): Promise<Response> => fetch("http://10.0.0.1/");\n',
  "global-fetch.ts": 'export const go = (): Promise<Response> => globalThis.fetch("http://10.0.0.1/");\n',
  "web-socket.ts": 'export const socket = new WebSocket("ws://10.0.0.1/");\n',
  "http.ts": 'import { get } from "node:http";\nget("http://10.0.0.1/");\n',
  "https.ts": 'import { request } from "https";\nrequest("https://10.0.0.1/");\n',
  "net.ts": 'import { connect } from "node:net";\nconnect(25, "10.0.0.1");\n',
  "tls.ts": 'import tls from "node:tls";\ntls.connect(465, "10.0.0.1");\n',
  "dns.ts": 'import { lookup } from "node:dns/promises";\nawait lookup("inside.example");\n',
  "undici.ts": 'import { request } from "undici";\nawait request("http://10.0.0.1/");\n',
  "nodemailer.ts": 'import nodemailer from "nodemailer";\nnodemailer.createTransport("smtp://10.0.0.1");\n',
};

const RULE = /no-restricted-(globals|imports|properties)/;
const report = z.object({ diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })) });

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdfast-rule-"));
  await copyFile(join(ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Which of the files, as far as the rule goes, may not be so. */
async function refused(files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const output = await new Promise<string>((resolve) => {
    const program = join(ROOT, "node_modules/oxlint/bin/oxlint");
    const options = ["-c", ".oxlintrc.json", "--format=json", ...Object.keys(files)];
    execFile(process.execPath, [program, ...options], { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
  const found = report.parse(JSON.parse(output)).diagnostics.filter(({ code }) => RULE.test(code ?? ""));
  return [...new Set(found.map(({ filename }) => filename))].toSorted();
}

const within = (place: string): Record<string, string> =>
  Object.fromEntries(Object.entries(WAYS_OUT).map(([name, text]) => [`${place}/${name}`, text]));

test("no node type has a way out of its own", async () => {
  const files = within("packages/nodes/src/some-node");
  expect(await refused(files)).toEqual(Object.keys(files).toSorted());
});

test("the door may", async () => {
  expect(await refused(within("packages/nodes/src/outbound"))).toEqual([]);
});

test("a node type may use what its context gives it", async () => {
  const text =
    'import type { ActionContext } from "../action.ts";\n' +
    "export const execute = ({ fetch }: ActionContext): Promise<Response> => fetch(`https://example.com/`);\n";
  expect(await refused({ "packages/nodes/src/some-node/execute.ts": text })).toEqual([]);
});

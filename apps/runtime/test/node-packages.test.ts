/** Packages with node types: what a workspace names, versions side by side, and types that come and go. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadNodePackages, type NodePackages } from "../src/packages/node-packages.ts";
import { PackageError } from "../src/packages/package-error.ts";
import { edges, HostFixture } from "./support/host-fixture.ts";
import { runCommand } from "./support/run-command.ts";

let dir = "";
const opened: NodePackages[] = [];

beforeAll(async () => void (dir = await mkdtemp(path.join(tmpdir(), "holdfast-packages-"))));
afterAll(async () => {
  for (const packages of opened) packages.close();
  await rm(dir, { recursive: true });
});

const KIT = new URL("../../../packages/nodes/src/index.ts", import.meta.url).href;
const ZOD = import.meta.resolve("zod");

/** A module with one node type that says what it is. */
const source = (type: string, version: number, says: string): string => `
import { defineNode } from ${JSON.stringify(KIT)};
import { z } from ${JSON.stringify(ZOD)};
import { title } from "./title.mjs";
export const node${version} = defineNode({
  type: "${type}", version: ${version}, title, description: "Says what it is.", icon: "hand", category: "action",
  params: z.strictObject({}), output: z.object({ says: z.string() }), sentence: "Say",
  examples: [{ title: "One", params: {} }],
  execute: async () => ({ says: "${says}" }),
});
`;

async function write(name: string, files: { readonly [file: string]: string }): Promise<string> {
  const folder = path.join(dir, name);
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return folder;
}

const packageOf = (name: string, index: string, title = "Say"): { readonly [file: string]: string } => ({
  "package.json": JSON.stringify({ name, version: "1.2.3", type: "module", exports: "./index.mjs" }),
  "index.mjs": index,
  "title.mjs": `export const title = ${JSON.stringify(title)};`,
});

async function workspace(name: string, nodes: readonly string[]): Promise<string> {
  return write(name, { "holdfast.config.json": JSON.stringify({ nodes }) });
}

async function open(folder: string): Promise<NodePackages> {
  const packages = await loadNodePackages({ dir: folder });
  opened.push(packages);
  return packages;
}

const refusal = (folder: string): Promise<unknown> =>
  open(folder).then(
    () => "no refusal",
    (error: unknown) => (error instanceof PackageError ? error.message : error),
  );

describe("a workspace", () => {
  test("without a file has the built-in node types", async () => {
    const { registry } = await open(await write("empty", {}));
    expect(registry.manifests.has("http.request")).toBe(true);
  });

  test("has what the refund pays with, unless it brings its own", async () => {
    const plain = await open(await write("plain", {}));
    expect(plain.registry.manifests.get("payments.refund")?.title).toBe("Pay back");
    const folder = await workspace("own", ["./pay"]);
    await write("own/pay", packageOf("pay", source("payments.refund", 1, "mine"), "Mine"));
    const { registry } = await open(folder);
    expect(registry.action("payments.refund", 1)?.manifest.title).toBe("Mine");
  });

  test("names packages by their folder or their name", async () => {
    const folder = await workspace("both", ["./nodes/greet", "@acme/say"]);
    await write("both/nodes/greet", packageOf("greet", source("acme.greet", 1, "hello")));
    await write("both/node_modules/@acme/say", packageOf("@acme/say", source("acme.say", 1, "well")));
    const { registry } = await open(folder);
    expect(registry.list.slice(-2).map(({ type }) => type)).toEqual(["acme.greet", "acme.say"]);
    expect(registry.action("acme.say", 1)?.manifest.title).toBe("Say");
    expect(registry.action("acme.say", 2)).toBeUndefined();
  });

  test("says all that is wrong with it, and where", async () => {
    const folder = await workspace("wrong", [
      "./gone",
      "@acme/gone",
      "./empty",
      "./broken",
      "./twice",
      "./shout",
      "./http",
    ]);
    await write("wrong/empty", packageOf("empty", "export const nothing = 1;"));
    await write("wrong/broken", packageOf("broken", "throw new Error('it does not work');"));
    const twin = "export const twin = { ...node1 };";
    await write("wrong/twice", packageOf("twice", `${source("acme.twice", 1, "what?")}${twin}`));
    await write("wrong/shout", packageOf("shout", source("Shout", 0, "no")));
    await write("wrong/http", packageOf("http", source("http.request", 1, "no")));
    const said = String(await refusal(folder));
    for (const line of [
      /“\.\/gone”: there is no such folder/,
      /“@acme\/gone”: it is not installed; npm install @acme\/gone/,
      /“\.\/empty” exports no node type/,
      /“\.\/broken” can't be loaded: it does not work/,
      /“\.\/twice”: version 1 of acme\.twice is exported twice/,
      /“Shout” must be dotted/,
      /the version must be a whole number from 1 on/,
      /http\.request is a built-in one/,
    ]) {
      expect(said).toMatch(line);
    }
  });

  test.each([
    ["not json", /is not JSON/],
    ['{"nodes":1}', /at \/nodes/],
    ['{"nods":[]}', /nods/],
    ['{"nodes":["./a","./a"]}', /names a package twice/],
  ])("refuses %s", async (text, said) => {
    const folder = await write(`bad-${text.length}`, { "holdfast.config.json": text });
    expect(String(await refusal(folder))).toMatch(said);
  });

  test("refuses a version that two packages claim", async () => {
    const folder = await workspace("twice", ["./one", "./two"]);
    await write("twice/one", packageOf("one", source("acme.twice", 1, "one")));
    await write("twice/two", packageOf("two", source("acme.twice", 1, "two")));
    expect(await refusal(folder)).toMatch(/version 1 of acme\.twice is there already of \.\/one/);
  });
});

describe("a running host", () => {
  let holdfast: HostFixture;
  beforeAll(async () => void (holdfast = await HostFixture.create()));
  afterAll(() => holdfast[Symbol.asyncDispose]());

  const flow = (id: string) => ({
    id,
    nodes: {
      before: { type: "sleep", params: { for: "1h" } },
      say: { type: "acme.version", params: {} },
      done: { type: "end", params: { output: "{{ nodes.say.says }}" } },
    },
    edges: edges("start>before", "before>say", "say>done"),
  });
  const hour = 3_600_000;

  test("runs each version of a type side by side: a run keeps the one that its flow was published with", async () => {
    const folder = await workspace("versions", ["./one"]);
    await write("versions/one", packageOf("one", source("acme.version", 1, "the first")));
    const first = await open(folder);
    await holdfast.start({ registry: first.registry });
    await holdfast.publish(flow("old"));
    const old = await holdfast.begin("old");
    await holdfast.settled(old, "waiting");
    await holdfast.host.stop();

    await workspace("versions", ["./one", "./two"]);
    await write("versions/two", packageOf("two", source("acme.version", 2, "the second")));
    const both = await open(folder);
    await holdfast.restart({ registry: both.registry });
    await holdfast.publish(flow("new"));
    const young = await holdfast.begin("new");
    await holdfast.settled(young, "waiting");
    await holdfast.advance(hour);
    expect(await holdfast.ended(old)).toMatchObject({ output: "the first" });
    expect(await holdfast.ended(young)).toMatchObject({ output: "the second" });
    const { rows } = await holdfast.host.database.query(
      "select document::json -> 'uses' ->> 'acme.version' as version from holdfast.flow_versions order by ref",
    );
    expect(rows).toEqual([{ version: "1" }, { version: "2" }]);
    await holdfast.host.stop();
  });

  test("opens an incident where a version is gone, and goes on by itself when it is back", async () => {
    const folder = path.join(dir, "versions");
    const both = await open(folder);
    await holdfast.restart({ registry: both.registry });
    const id = await holdfast.begin("new");
    await holdfast.settled(id, "waiting");
    await holdfast.host.stop();

    await workspace("versions", ["./one"]);
    const without = await open(folder);
    await holdfast.restart({ registry: without.registry });
    await holdfast.advance(hour);
    const incidents = (): Promise<{ rows: unknown[] }> =>
      holdfast.host.database.query("select kind, status, actor from holdfast.incidents where run = $1", [id]);
    // It is looked for a minute long, from when the run comes there.
    await holdfast.until(async () => {
      await holdfast.advance(61_000);
      return (await incidents()).rows.length > 0 ? true : undefined;
    }, "an incident");
    expect((await incidents()).rows).toMatchObject([{ kind: "node_type_missing", status: "open" }]);

    // Put back, without a restart.
    const back = await open(await workspace("back", ["../versions/two"]));
    const node = back.registry.action("acme.version", 2);
    without.registry.put("./two", node === undefined ? [] : [node]);
    expect(await holdfast.ended(id)).toMatchObject({ status: "completed", output: "the second" });
    expect((await incidents()).rows).toMatchObject([{ status: "resolved", actor: "system:node-types" }]);
    await holdfast.host.stop();
  });
});

test("a document that uses an older version is told of the newer one", async () => {
  const folder = await workspace("told", ["./one", "./two"]);
  await write("told/one", packageOf("one", source("acme.version", 1, "the first")));
  await write("told/two", packageOf("two", source("acme.version", 2, "the second")));
  const document = {
    dsl: 1,
    id: "old",
    name: "Old",
    triggers: [{ type: "call" }],
    nodes: { say: { type: "acme.version", params: {} } },
    edges: edges("start>say", "say>end"),
    uses: { "acme.version": 1 },
  };
  await write("told", { "old.flow.json": JSON.stringify(document) });
  const { code, out } = await runCommand(["validate", "old.flow.json"], { cwd: folder });
  expect(code).toBe(0);
  expect(out).toMatch(/warning +\/uses\/acme\.version +.*version 2 is installed.*\(newer_node_version\)/);
});

test("what is edited is read anew without a restart, with what it imports, and while it is broken it stays", async () => {
  const folder = await workspace("edited", ["./greet"]);
  const greet = await write("edited/greet", packageOf("greet", source("acme.edited", 1, "before"), "Greet"));
  const program = new URL("support/package-watcher.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => (await lines.next()).value;
  try {
    expect(await next()).toBe('Greet: {"says":"before"}');
    await writeFile(path.join(greet, "title.mjs"), 'export const title = "Greet anew";');
    expect(await next()).toBe('Greet anew: {"says":"before"}');
    await writeFile(path.join(greet, "index.mjs"), "this is not JavaScript");
    expect(await next()).toMatch(/^not loaded anew: “\.\/greet” can't be loaded/);
    await writeFile(path.join(greet, "index.mjs"), 'import "./title.mjs";\n\nnobody();');
    expect(await next()).toMatch(/: nobody is not defined \(index\.mjs, line 3\)$/);
    // Editors save by putting another file in its place.
    for (const says of ["after", "once more"]) {
      await writeFile(path.join(greet, "index.mjs~"), source("acme.edited", 1, says));
      await rename(path.join(greet, "index.mjs~"), path.join(greet, "index.mjs"));
      expect(await next()).toBe(`Greet anew: {"says":"${says}"}`);
    }
    await writeFile(path.join(greet, "title.mjs"), 'export const title = "Greet in place";');
    expect(await next()).toBe('Greet in place: {"says":"once more"}');
  } finally {
    child.stdin.end();
  }
});

/** A new package with one node type and a test that passes, named in its workspace. */
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { PackageError } from "./package-error.ts";
import { readWorkspace, WORKSPACE_FILE } from "./workspace.ts";

export interface Scaffold {
  /** Of the workspace. */
  readonly dir: string;
  /** `greet`, `send-parcel` */
  readonly name: string;
  /** Of the type: what stands before the dot. */
  readonly prefix: string;
}

export interface Scaffolded {
  readonly type: string;
  /** Relative to the workspace. */
  readonly folder: string;
  readonly files: readonly string[];
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const PREFIX = /^[a-z][A-Za-z0-9]*$/;

/** @throws PackageError and leaves everything as it was */
export async function scaffoldNode({ dir, name, prefix }: Scaffold): Promise<Scaffolded> {
  if (!NAME.test(name)) {
    throw new PackageError([`“${name}” can't be a name: lower case words with dashes, as send-parcel`]);
  }
  if (!PREFIX.test(prefix)) {
    throw new PackageError([`“${prefix}” can't be a prefix: one word, lower case first, as acme`]);
  }
  const folder = path.posix.join("nodes", name);
  const workspace = await readWorkspace(dir);
  const target = path.join(dir, folder);
  if (await exists(target)) throw new PackageError([`${target} is there already; choose another name`]);
  const variable = camel(name);
  const type = `${prefix}.${variable}`;
  const files = filesOf({ name, variable, type, prefix });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(target, file)), { recursive: true });
    await writeFile(path.join(target, file), text);
  }
  await writeFile(path.join(dir, WORKSPACE_FILE), await withNode(workspace.dir, `./${folder}`));
  return { type, folder, files: Object.keys(files) };
}

const workspaceText = z.looseObject({ nodes: z.array(z.string()).optional() });

const camel = (name: string): string => name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The workspace's file with one package more; whatever else stands in it stays. */
async function withNode(dir: string, specifier: string): Promise<string> {
  const text = await readFile(path.join(dir, WORKSPACE_FILE), "utf8").catch(() => "{}");
  const { nodes = [], ...rest } = workspaceText.parse(JSON.parse(text));
  return `${JSON.stringify({ ...rest, nodes: [...nodes, specifier] }, null, 2)}\n`;
}

interface Names {
  readonly name: string;
  readonly variable: string;
  readonly type: string;
  readonly prefix: string;
}

function filesOf(names: Names): { readonly [file: string]: string } {
  const { name } = names;
  return {
    "package.json": `${JSON.stringify(packageOf(names), null, 2)}\n`,
    "src/index.ts": `export { ${names.variable} } from "./${name}.ts";\n`,
    [`src/${name}.ts`]: nodeOf(names),
    [`src/${name}.test.ts`]: testOf(names),
    [`${name}.flow.json`]: `${JSON.stringify(flowOf(names), null, 2)}\n`,
  };
}

const packageOf = ({ name, prefix }: Names) => ({
  name: `@${prefix.toLowerCase()}/holdfast-${name}`,
  version: "0.1.0",
  private: true,
  type: "module",
  exports: { ".": "./src/index.ts" },
  scripts: { test: "node --test" },
  dependencies: { "@holdfast/kit": "*", zod: "*" },
});

const title = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;

const nodeOf = ({ name, variable, type }: Names): string => `import { defineNode } from "@holdfast/kit";
import { z } from "zod";

export const ${variable} = defineNode({
  type: "${type}",
  version: 1,
  title: "${title(name)}",
  description: "Says hello to somebody.",
  icon: "hand",
  category: "action",
  // What it does to the world: nothing. See docs/nodes for the other three.
  effect: "none",
  params: z.strictObject({
    name: z.string().min(1).meta({ "x-label": "Name", "x-order": 1 }),
  }),
  output: z.object({ text: z.string() }),
  sentence: "Say hello to {name}",
  examples: [{ title: "A customer", params: { name: "{{ input.name }}" } }],
  async execute({ params }) {
    return { text: \`Hello, \${params.name}!\` };
  },
});
`;

const testOf = ({ name, variable }: Names): string => `import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkNode, testFlow, testNode } from "@holdfast/kit/testing";
import { ${variable} } from "./${name}.ts";

test("says hello", async () => {
  const { output } = await testNode(${variable}, { params: { name: "Olena" } });
  assert.deepEqual(output, { text: "Hello, Olena!" });
});

test("keeps the contract of its kind", async () => {
  const cases = [{ params: { name: "Olena" }, target: () => ({}) }];
  assert.deepEqual(await checkNode(${variable}, { cases }), []);
});

test("works in a flow", async () => {
  const flow = JSON.parse(readFileSync(new URL("../${name}.flow.json", import.meta.url), "utf8"));
  const run = await testFlow({ flow, nodes: [${variable}], input: { name: "Olena" } });
  assert.deepEqual([run.status, run.output], ["completed", "Hello, Olena!"]);
});
`;

const flowOf = ({ name, variable, type }: Names) => ({
  dsl: 1,
  id: name,
  name: title(name),
  triggers: [{ type: "call" }],
  input: { properties: { name: { type: "string" } }, required: ["name"], type: "object" },
  nodes: {
    [variable]: { type, params: { name: "{{ input.name }}" } },
    done: { type: "end", params: { output: `{{ nodes.${variable}.text }}` } },
  },
  edges: [
    { from: "start", to: variable },
    { from: variable, to: "done" },
  ],
});

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

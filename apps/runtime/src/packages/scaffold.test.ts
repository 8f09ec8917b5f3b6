import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadNodePackages } from "./node-packages.ts";
import { scaffoldNode } from "./scaffold.ts";

let dir = "";
// Inside of the repository, as in a clone of it: the kit is found there.
beforeAll(async () => void (dir = await mkdtemp(path.join(import.meta.dirname, "..", "..", ".scaffold-"))));
afterAll(() => rm(dir, { recursive: true }));

test("makes a package that loads and whose test passes, and names it in the workspace", async () => {
  const made = await scaffoldNode({ dir, name: "send-parcel", prefix: "acme" });
  expect(made).toMatchObject({ type: "acme.sendParcel", folder: "nodes/send-parcel" });
  expect(JSON.parse(await readFile(path.join(dir, "holdfast.config.json"), "utf8"))).toEqual({
    nodes: ["./nodes/send-parcel"],
  });
  const { registry } = await loadNodePackages({ dir });
  expect(registry.manifests.get("acme.sendParcel")).toMatchObject({ title: "Send parcel", version: 1 });
  const run = await promisify(execFile)(process.execPath, ["--test"], {
    cwd: path.join(dir, made.folder),
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  expect(run.stdout).toMatch(/pass 3/);
});

test("adds to a workspace that has packages, and overwrites nothing", async () => {
  await scaffoldNode({ dir, name: "greet", prefix: "acme" });
  expect(JSON.parse(await readFile(path.join(dir, "holdfast.config.json"), "utf8"))).toEqual({
    nodes: ["./nodes/send-parcel", "./nodes/greet"],
  });
  await expect(scaffoldNode({ dir, name: "greet", prefix: "acme" })).rejects.toThrow(/is there already/);
});

test.each([
  ["Greet", "acme", /can't be a name/],
  ["../greet", "acme", /can't be a name/],
  ["greet", "Acme!", /can't be a prefix/],
])("refuses %s of %s", async (name, prefix, said) => {
  await expect(scaffoldNode({ dir, name, prefix })).rejects.toThrow(said);
});

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { claim } from "./ownership.ts";

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "holdfast-owner-"));
  file = join(dir, "owner");
});

afterEach(() => rm(dir, { recursive: true }));

it("is given to one, and to the next after it was given back", async () => {
  const release = await claim(file, dir);
  await expect(claim(file, dir)).rejects.toMatchObject({ code: "in_use" });
  await release();
  expect(existsSync(file)).toBe(false);
  await expect(claim(file, dir)).resolves.toBeTypeOf("function");
});

it("is taken over from a process that is gone", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(file, JSON.stringify({ pid, birth: "12345" }));
  await expect(claim(file, dir)).resolves.toBeTypeOf("function");
});

it("is taken over from a process whose id belongs to another one now", async () => {
  await writeFile(file, JSON.stringify({ pid: process.pid, birth: "long ago" }));
  await expect(claim(file, dir)).resolves.toBeTypeOf("function");
});

it.each(["", "nonsense", "null", '{"pid":-1,"birth":"x"}'])("is taken over from a claim that says %o", async (text) => {
  await writeFile(file, text);
  await expect(claim(file, dir)).resolves.toBeTypeOf("function");
});

it("is given to one of many who find the same stale claim", async () => {
  await writeFile(file, JSON.stringify({ pid: 4_194_305, birth: "12345" }));
  const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claim(file, dir)));
  expect(claims.filter(({ status }) => status === "fulfilled").length).toBe(1);
});

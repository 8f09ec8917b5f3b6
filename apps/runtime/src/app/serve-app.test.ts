import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Hono } from "hono";
import type { ApiEnvironment } from "../api/environment.ts";
import { securityHeaders } from "../api/security-headers.ts";
import { DesignerFiles } from "./designer-files.ts";
import { serveApp } from "./serve-app.ts";

const SCRIPT = "console.log('holdfast');\n".repeat(100);

let folder: string;
let app: Hono<ApiEnvironment>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdfast-app-"));
  const files = new DesignerFiles(folder);
  app = new Hono<ApiEnvironment>();
  app.use(securityHeaders);
  app.get("*", async (context) => (await serveApp(context, files, undefined)) ?? context.notFound());
});
afterEach(() => rm(folder, { recursive: true }));

async function build(title = "Holdfast"): Promise<void> {
  await mkdir(join(folder, "assets"), { recursive: true });
  await mkdir(join(folder, ".vite"), { recursive: true });
  await writeFile(join(folder, "index.html"), `<!doctype html><html><head><title>${title}</title></head></html>`);
  await writeFile(join(folder, "assets", "index-4f2a.js"), SCRIPT);
  await writeFile(join(folder, "assets", "inter.woff2"), SCRIPT);
  await writeFile(join(folder, "mark.svg"), "<svg/>");
  await writeFile(join(folder, ".vite", "manifest.json"), "{}");
  await writeFile(join(folder, "secret.key"), "not a page");
}

const PAGE = { accept: "text/html" };

const get = async (path: string, headers: { readonly [name: string]: string } = PAGE) =>
  app.request(`http://localhost${path}`, { headers });

test("what has not been built says how to build it, and is there as soon as it is", async () => {
  const response = await get("/");
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("npm run build -w @holdfast/designer");
  await build();
  expect((await get("/")).status).toBe(200);
  expect((await get("/assets/index-4f2a.js")).status).toBe(200);
});

describe("the page", () => {
  test.each(["/", "/flows", "/flows/process-refund/design", "/invitation/abc.def"])(
    "is at %s, as at every address that is nothing else",
    async (path) => {
      await build();
      const response = await get(path);
      expect(response.headers.get("content-type")).toContain("text/html");
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.text()).toContain("<title>Holdfast</title>");
    },
  );

  test.each(["/api/v1/nope", "/rpc/nope", "/assets/old-1234.js", "/healthz/x", "/metrics", "/api"])(
    "is not at %s",
    async (path) => {
      await build();
      expect((await get(path)).status).toBe(404);
    },
  );

  test("is for who asks for a page", async () => {
    await build();
    expect((await get("/flows", { accept: "application/json" })).status).toBe(404);
    expect((await get("/", { accept: "*/*" })).status).toBe(200);
  });

  test("lets nothing run that was not built, and gives each load a nonce of its own for styles", async () => {
    await build();
    const nonces = new Set<string>();
    for (let load = 0; load < 3; load += 1) {
      const response = await get("/");
      const nonce = /<meta name="csp-nonce" content="([^"]+)" \/>/.exec(await response.text())?.[1] ?? "";
      nonces.add(nonce);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
    }
    expect(nonces.size).toBe(3);
  });

  test("a new build is noticed", async () => {
    await build("Old");
    expect(await (await get("/")).text()).toContain("Old");
    await build("New");
    await utimes(join(folder, "index.html"), new Date(), new Date(Date.now() + 1_000));
    expect(await (await get("/")).text()).toContain("New");
  });
});

describe("files", () => {
  test("that tell their content by name are kept for good", async () => {
    await build();
    const { headers } = await get("/assets/index-4f2a.js");
    expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await get("/mark.svg")).headers.get("cache-control")).toBe("no-cache");
  });

  test("are compressed as the browser likes", async () => {
    await build();
    const read = async (encoding: string, path = "/assets/index-4f2a.js") => {
      const response = await get(path, { "accept-encoding": encoding });
      return [response.headers.get("content-encoding"), Buffer.from(await response.arrayBuffer())] as const;
    };
    const [br, brotli] = await read("gzip, deflate, br");
    expect([br, brotliDecompressSync(brotli).toString()]).toEqual(["br", SCRIPT]);
    const [gz, zipped] = await read("gzip");
    expect([gz, gunzipSync(zipped).toString()]).toEqual(["gzip", SCRIPT]);
    expect((await read("identity"))[1].toString()).toBe(SCRIPT);
    expect((await read("br", "/assets/inter.woff2"))[0]).toBeNull();
  });

  test("are told apart by a mark", async () => {
    await build();
    const etag = (await get("/mark.svg")).headers.get("etag") ?? "";
    expect((await get("/mark.svg", { "if-none-match": etag })).status).toBe(304);
    expect((await get("/mark.svg", { "if-none-match": '"other"' })).status).toBe(200);
  });

  test.each([
    "/.vite/manifest.json",
    "/secret.key",
    "/../package.json",
    "/..%2fpackage.json",
    "/assets/..%2f..%2fpackage.json",
    "/index.html",
    "/assets",
    "/%00",
  ])("%s is none", async (path) => {
    await build();
    expect((await get(path, {})).status).toBe(404);
  });
});

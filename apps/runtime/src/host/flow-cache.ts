/**
 * Compiled flow versions. A version never changes, so it is kept; which version is live is asked again after a short
 * while, and at once after a publication by this process.
 */
import type pg from "pg";
import { type FlowDocument, parseFlow } from "@holdfast/dsl";
import { findVersion, versionByRef } from "../store/flows.ts";
import { type CompiledFlow, compileFlow, type NodeRegistry } from "./compiled-flow.ts";

/** For how long an answer to "which version is live?" is trusted. */
const LIVE_MS = 1_000;

export class FlowCache {
  readonly #database: pg.Pool;
  readonly #registry: NodeRegistry;
  readonly #byRef = new Map<number, Promise<CompiledFlow>>();
  readonly #live = new Map<string, { readonly ref: number | undefined; readonly at: number }>();

  constructor(database: pg.Pool, registry: NodeRegistry) {
    this.#database = database;
    this.#registry = registry;
  }

  byRef(ref: number): Promise<CompiledFlow> {
    let compiled = this.#byRef.get(ref);
    if (compiled === undefined) {
      compiled = this.#load(ref);
      this.#byRef.set(ref, compiled);
      // A failure (no connection, say) must not stay.
      compiled.catch(() => this.#byRef.delete(ref));
    }
    return compiled;
  }

  async byId(workspace: number, id: string, version?: number): Promise<CompiledFlow | undefined> {
    const key = `${workspace} ${id} ${version ?? ""}`;
    const known = this.#live.get(key);
    const now = performance.now();
    if (known !== undefined && now - known.at < LIVE_MS) {
      return known.ref === undefined ? undefined : this.byRef(known.ref);
    }
    const found = await findVersion(this.#database, workspace, id, version ?? null);
    this.#live.set(key, { ref: found?.ref, at: now });
    return found === undefined ? undefined : this.byRef(found.ref);
  }

  /** Node types came or went: what was compiled holds those that were there. */
  forgetCompiled(): void {
    this.#byRef.clear();
  }

  /** A version was published or made live. */
  forgetLive(): void {
    this.#live.clear();
  }

  async #load(ref: number): Promise<CompiledFlow> {
    const stored = await versionByRef(this.#database, ref);
    if (stored === undefined) throw new Error(`there is no flow version ${ref}`);
    const parsed = parseFlow(JSON.parse(stored.document));
    if (!parsed.ok) {
      throw new Error(`version ${stored.version} of ${stored.flow} can't be read: ${parsed.issues[0]?.message ?? ""}`);
    }
    const document: FlowDocument = parsed.flow;
    return compileFlow({ ...stored, document }, this.#registry);
  }
}

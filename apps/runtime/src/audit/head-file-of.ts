import { join, resolve } from "node:path";
import type { Config } from "../config/config.ts";

/** Where the signed heads of an installation are. */
export const headFile = ({ auditHeads }: Pick<Config, "auditHeads">, dir: string, cwd: string): string =>
  auditHeads === undefined ? join(dir, "audit", "heads.jsonl") : resolve(cwd, auditHeads);

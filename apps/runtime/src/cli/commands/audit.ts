import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { findAuditKey, publicPem, readPublicKey, type PublicKey } from "../../audit/audit-key.ts";
import { headFile } from "../../audit/head-file-of.ts";
import { readHeads } from "../../audit/head-file.ts";
import { verifyAudit, type VerifiedChain } from "../../audit/verify.ts";
import { readConfig } from "../../config/config.ts";
import { createPool } from "../../database/pool.ts";
import { auditEntry, page } from "../answers.ts";
import { CliError } from "../cli-error.ts";
import {
  groupCommand,
  localCommand,
  serverCommand,
  type CommonOptions,
  type ServerOptions,
  type Tools,
} from "../command.ts";
import { findDatabaseUrl } from "../database-url.ts";
import { reasonOf } from "../reason.ts";
import { table } from "../table.ts";

interface ListOptions extends ServerOptions {
  readonly who?: string;
  readonly action?: string;
  readonly target?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly cursor?: string;
}

interface DataOptions extends CommonOptions {
  readonly data: string;
}

interface VerifyOptions extends DataOptions {
  readonly heads?: string;
  readonly publicKey: readonly string[];
}

/** A chain is long, and nobody else waits for this connection. */
const STATEMENT_MS = 300_000;

/** `holdfast audit`: who did what, and whether that is still what was written down. */
export function auditCommand(tools: Tools): Command {
  const audit = groupCommand("audit", "list and verify what people and keys did");
  audit.addCommand(listCommand(tools), { isDefault: true });
  audit.addCommand(verifyCommand(tools));
  audit.addCommand(keyCommand(tools));
  return audit;
}

const listCommand = (tools: Tools): Command =>
  serverCommand("list", "list entries, the newest first")
    .option("--who <person>", "by this person: an id, or an actor such as system:demo")
    .option("--action <action>", "of this kind: task.decide, or all of task")
    .option("--target <target>", "done to this: run:<id>, task:<id>, person:<id>, flow:<id>")
    .option("--since <time>", "from this time on, ISO 8601")
    .option("--until <time>", "before this time, ISO 8601")
    .option("--limit <number>", "how many at most")
    .option("--cursor <cursor>", "go on after the page before")
    .action(async (options: ListOptions) => {
      const client = await tools.connect(options);
      const { who, action, target, since, until, limit, cursor } = options;
      const query = { who, action, target, since, until, limit, cursor };
      const answer = await client.call(page(auditEntry), "/audit", { query });
      tools.tell(options, answer, () => [
        ...(answer.items.length === 0 ? ["No entries."] : []),
        ...table(
          ["ENTRY", "AT", "WHO", "DOOR", "ACTION", "TARGET"],
          answer.items.map((entry) => [
            entry.id,
            entry.at,
            entry.name ?? `${entry.actor.kind}:${entry.actor.id}`,
            entry.door,
            entry.action,
            entry.target,
          ]),
        ),
        ...(answer.nextCursor === null ? [] : [`More: --cursor ${answer.nextCursor}`]),
      ]);
    });

const dataOption = (command: Command): Command =>
  command.option("--data <dir>", "the data folder of holdfast up or server", ".holdfast");

const verifyCommand = (tools: Tools): Command =>
  dataOption(
    localCommand("verify", "compute the chain anew and lay it beside the signed heads; exit code 1 if it does not fit"),
  )
    .option("--heads <file>", "the signed heads (HOLDFAST_AUDIT_HEADS, else in the data folder)")
    .option(
      "--public-key <file>",
      "a public key that may have signed them, instead of the data folder's; can be told several times",
      (file: string, files: readonly string[]) => [...files, file],
      [],
    )
    .action(async (options: VerifyOptions) => {
      const { io } = tools;
      const dir = resolve(io.cwd, options.data);
      const file =
        options.heads === undefined ? headFile(readConfig(io.env), dir, io.cwd) : resolve(io.cwd, options.heads);
      const keys = await publicKeys(tools, options, dir);
      const heads = await readHeads(file).catch((error: unknown) => {
        throw new CliError("heads_unreadable", reasonOf(error));
      });
      const pool = createPool({
        url: await findDatabaseUrl(io, options.data),
        max: 1,
        name: "audit",
        onError: () => undefined,
        statementTimeout: STATEMENT_MS,
      });
      try {
        const chains = await verifyAudit(pool, heads, keys);
        const wrong = chains.flatMap((chain) => (chain.wrong === null ? [] : [chain.wrong]));
        tools.tell(options, { intact: wrong.length === 0, heads: file, chains }, () =>
          chains.length === 0 ? ["There are no entries yet."] : chains.flatMap((chain) => chainLines(chain, file)),
        );
        if (wrong.length > 0) {
          throw new CliError(
            "audit_broken",
            `the audit is not what it was: ${wrong.map((each) => each.message).join("; ")}`,
          );
        }
      } finally {
        await pool.end();
      }
    });

async function publicKeys(tools: Tools, options: VerifyOptions, dir: string): Promise<readonly PublicKey[]> {
  const { io } = tools;
  if (options.publicKey.length > 0) {
    return Promise.all(
      options.publicKey.map(async (file) => {
        try {
          return readPublicKey(await readFile(resolve(io.cwd, file), "utf8"));
        } catch (error) {
          throw new CliError("key_unreadable", `${file} is no public Ed25519 key in PEM: ${reasonOf(error)}`);
        }
      }),
    );
  }
  const own = readConfig(io.env).auditKey ?? (await findAuditKey(dir));
  return own === undefined ? [] : [{ id: own.id, key: own.publicKey }];
}

function chainLines({ workspace, entries, provedUpTo, uncovered, wrong }: VerifiedChain, file: string): string[] {
  const count = (number: number, word: string): string =>
    number === 1 ? `1 ${word}` : `${number.toLocaleString("en")} ${word.replace(/y$/, "ie")}s`;
  const head =
    provedUpTo === null
      ? [`  No signed head in ${file} covers any of it.`]
      : [
          `  Proved up to entry ${provedUpTo.seq.toLocaleString("en")}, signed ${provedUpTo.at} by the key ${provedUpTo.keyId}.`,
        ];
  const since = provedUpTo === null ? "" : ` since ${provedUpTo.at}`;
  const open = `  ${count(uncovered, "entry")}${since} ${uncovered === 1 ? "is" : "are"} not covered by a signed head yet.`;
  return [
    `Workspace ${workspace}: ${count(entries, "entry")}. ${wrong === null ? "The chain holds." : `BROKEN: ${wrong.message}.`}`,
    ...(wrong === null || provedUpTo !== null ? head : []),
    ...(wrong === null && uncovered > 0 ? [open] : []),
  ];
}

const keyCommand = (tools: Tools): Command =>
  dataOption(localCommand("key", "show the public key that the signed heads are checked with")).action(
    async (options: DataOptions) => {
      const { io } = tools;
      const key = readConfig(io.env).auditKey ?? (await findAuditKey(resolve(io.cwd, options.data)));
      if (key === undefined) {
        throw new CliError(
          "no_audit_key",
          `there is no key in ${resolve(io.cwd, options.data)}; holdfast up or server makes one at its first start`,
        );
      }
      const pem = publicPem(key.publicKey);
      tools.tell(options, { id: key.id, publicKey: pem }, () => [`Key ${key.id}`, pem.trimEnd()]);
    },
  );

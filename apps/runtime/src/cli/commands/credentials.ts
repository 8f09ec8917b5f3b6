import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { CREDENTIAL_FORMS, parseCredential } from "../../config/credential-text.ts";
import { addKey, keyFileOf } from "../../credentials/key-file.ts";
import { nothing } from "../answers.ts";
import { CliError } from "../cli-error.ts";
import { at } from "../client.ts";
import {
  groupCommand,
  localCommand,
  serverCommand,
  type CommonOptions,
  type ServerOptions,
  type Tools,
} from "../command.ts";
import { explainFile } from "../read-file.ts";
import { table } from "../table.ts";

const credential = z.looseObject({
  name: z.string(),
  type: z.string(),
  version: z.int(),
  flows: z.array(z.string()).nullable(),
  hosts: z.array(z.string()),
  usedAt: z.string().nullable(),
});

interface ValueOptions extends ServerOptions {
  readonly file?: string;
}

interface SetOptions extends ValueOptions {
  readonly flows?: string;
  readonly everyFlow?: boolean;
  readonly hosts?: string;
  readonly testUrl?: string;
}

/** `holdfast credentials`: what flows sign in with elsewhere. A value is told on standard input or in a file, never as an argument, which others on the computer could read. */
export function credentialsCommand(tools: Tools): Command {
  const credentials = groupCommand("credentials", "list, set, rotate, test and revoke credentials");
  credentials.addCommand(listCommand(tools), { isDefault: true });
  credentials.addCommand(
    valueCommand("set", "make a credential, or give one another value")
      .option("--flows <flows>", "flows that may use it, separated by commas")
      .option("--every-flow", "every flow may use it, also those to come")
      .option("--hosts <hosts>", "where it may be sent: api.example.com,*.example.org:8443")
      .option("--test-url <url>", "what the test asks")
      .action(async (name: string, options: SetOptions) => {
        const list = (text: string | undefined) => text?.split(",").map((part) => part.trim());
        if (options.flows !== undefined && options.everyFlow === true) {
          throw new CliError("usage", "--flows and --every-flow can't both be told");
        }
        const flows = options.everyFlow === true ? null : list(options.flows);
        await put(tools, name, options, { flows, hosts: list(options.hosts), testUrl: options.testUrl });
      }),
  );
  credentials.addCommand(
    valueCommand("rotate", "give a credential another value; what it may be used for stays").action(
      async (name: string, options: ValueOptions) => put(tools, name, options, {}),
    ),
  );
  credentials.addCommand(
    serverCommand("test", "try a credential out")
      .argument("<name>")
      .action(async (name: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        const tested = await client.call(
          z.object({ ok: z.boolean(), message: z.string() }),
          at`/credentials/${name}/test`,
          { method: "POST" },
        );
        if (!tested.ok) throw new CliError("credential_refused", tested.message);
        tools.tell(options, tested, () => [tested.message]);
      }),
  );
  credentials.addCommand(
    serverCommand("revoke", "revoke a credential; its value is forgotten")
      .argument("<name>")
      .action(async (name: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        await client.call(nothing, at`/credentials/${name}`, { method: "DELETE" });
        tools.tell(options, { name, revoked: true }, () => ["Revoked"]);
      }),
  );
  credentials.addCommand(newKeyCommand(tools));
  return credentials;
}

const valueCommand = (name: string, description: string): Command =>
  serverCommand(name, `${description}; the value is ${CREDENTIAL_FORMS}`)
    .argument("<name>")
    .option("--file <file>", "where the value stands; standard input if left out");

function listCommand(tools: Tools): Command {
  return serverCommand("list", "list credentials, without their values").action(async (options: ServerOptions) => {
    const client = await tools.connect(options);
    const answer = await client.call(z.looseObject({ items: z.array(credential) }), "/credentials");
    tools.tell(options, answer, () => [
      ...(answer.items.length === 0 ? ["No credentials."] : []),
      ...table(
        ["NAME", "TYPE", "VERSION", "FLOWS", "HOSTS", "LAST USED"],
        answer.items.map((item) => [
          item.name,
          item.type,
          String(item.version),
          item.flows === null ? "every flow" : item.flows.join(" "),
          item.hosts.join(" "),
          item.usedAt ?? "never",
        ]),
      ),
    ]);
  });
}

async function put(tools: Tools, name: string, options: ValueOptions, grants: object): Promise<void> {
  const { io } = tools;
  const { file } = options;
  const text =
    file === undefined ? await io.stdin() : await readFile(resolve(io.cwd, file), "utf8").catch(explainFile(file));
  const value = parseCredential(text.trim())?.reveal();
  // What it is like is not repeated: it may be nearly right.
  if (value === undefined) throw new CliError("value_invalid", `the value is none of ${CREDENTIAL_FORMS}`);
  const client = await tools.connect(options);
  const set = await client.call(z.object({ version: z.int(), created: z.boolean() }), at`/credentials/${name}`, {
    method: "PUT",
    body: { value, ...grants },
  });
  tools.tell(options, { name, ...set }, () => [set.created ? `Stored ${name}` : `${name} has version ${set.version}`]);
}

function newKeyCommand(tools: Tools): Command {
  return localCommand("new-key", "seal all credentials with a new key; processes that run take it over within a minute")
    .option("--data <dir>", "the folder of holdfast up", ".holdfast")
    .option("--file <file>", "the file of HOLDFAST_SECRET_KEYS_FILE, instead")
    .action(async (options: CommonOptions & { readonly data: string; readonly file?: string }) => {
      const file = resolve(tools.io.cwd, options.file ?? keyFileOf(options.data));
      const id = await addKey(file).catch((error: unknown) => {
        if (error instanceof Error && "code" in error) return explainFile(file)(error);
        throw new CliError("key_file_invalid", `${file} ${error instanceof Error ? error.message : "can't be read"}`);
      });
      tools.tell(options, { id, file }, () => [
        `The key ${id} stands first in ${file}. Keep the others until nothing is sealed by them.`,
      ]);
    });
}

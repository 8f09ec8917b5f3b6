import type { Command } from "commander";
import { z } from "zod";
import { SCOPES } from "../../access/rights.ts";
import { key, nothing, page } from "../answers.ts";
import { at } from "../client.ts";
import { groupCommand, serverCommand, type ServerOptions, type Tools } from "../command.ts";
import { table } from "../table.ts";

interface CreateOptions extends ServerOptions {
  readonly scopes: string;
  readonly expires?: string;
}

/** `holdfast keys`: API keys of the key's own person. */
export function keysCommand(tools: Tools): Command {
  const keys = groupCommand("keys", "list, create and revoke API keys");
  keys.addCommand(
    serverCommand("list", "list keys")
      .option("--everybody", "everybody's, for administrators")
      .action(async (options: ServerOptions & { readonly everybody?: boolean }) => {
        const client = await tools.connect(options);
        const everybody = options.everybody === true ? "true" : undefined;
        const answer = await client.call(page(key), "/keys", { query: { everybody, limit: "200" } });
        tools.tell(options, answer, () =>
          table(
            ["KEY", "NAME", "SCOPES", "EXPIRES", "LAST USED"],
            answer.items.map((item) => [
              item.id,
              item.name,
              item.scopes.length === SCOPES.length ? "all" : item.scopes.join(" "),
              item.revokedAt === null ? (item.expiresAt ?? "never") : "revoked",
              item.lastUsedAt ?? "never",
            ]),
          ),
        );
      }),
    { isDefault: true },
  );
  keys.addCommand(
    serverCommand("create", "create a key; its text is told once")
      .argument("<name>")
      .option("--scopes <scopes>", `separated by commas, of ${SCOPES.join(", ")}`, SCOPES.join(","))
      .option("--expires <time>", "ISO 8601; a year from now if left out")
      .action(async (name: string, options: CreateOptions) => {
        const client = await tools.connect(options);
        const scopes = options.scopes.split(",").map((scope) => scope.trim());
        const created = await client.call(z.object({ id: z.string(), key: z.string() }), "/keys", {
          method: "POST",
          body: { name, scopes, expiresAt: options.expires },
        });
        tools.tell(options, created, () => [created.key]);
      }),
  );
  keys.addCommand(
    serverCommand("revoke", "revoke a key")
      .argument("<id>")
      .action(async (id: string, options: ServerOptions) => {
        const client = await tools.connect(options);
        await client.call(nothing, at`/keys/${id}`, { method: "DELETE" });
        tools.tell(options, { id, revoked: true }, () => ["Revoked"]);
      }),
  );
  return keys;
}

/** What a database takes on disk. */
import type { Server } from "../server/server.ts";

/** Bytes of all its own tables with their indexes and large values, after a vacuum. */
export function diskBytes(server: Server, url: string): Promise<number> {
  return server.inside(url, async (client) => {
    await client.query("vacuum analyze");
    const { rows } = await client.query<{ bytes: string }>(
      `select sum(pg_total_relation_size(c.oid)) as bytes
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
    );
    return Number(rows[0]?.bytes);
  });
}

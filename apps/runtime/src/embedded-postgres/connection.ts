import pg from "pg";

/** Whether the server at the address lets us in within five seconds. */
export async function canConnect(url: string): Promise<boolean> {
  const client = connectionTo(url);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Creates the database if the server has none of this name. `url` leads to another one of the same server. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = connectionTo(url);
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function connectionTo(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle must not end the process; the next query tells.
  client.on("error", () => undefined);
  return client;
}

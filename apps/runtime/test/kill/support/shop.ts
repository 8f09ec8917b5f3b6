/** Tables of a flow in the database of the runs, and the role that it uses them by: one with no right on anything else. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { untilTrue } from "./until.ts";

/** Whoever holds it lets no `public.count_up` through. */
const GATE = 51_305;

export class Shop implements AsyncDisposable {
  readonly #database: pg.Pool;
  readonly #role = `holdfast_shop_${randomBytes(6).toString("hex")}`;
  readonly url: string;
  #isOpen = false;

  constructor(databaseUrl: string) {
    this.#database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    const url = new URL(`${databaseUrl}?sslmode=disable`);
    url.username = this.#role;
    url.password = "shop";
    this.url = url.href;
  }

  /** A table that counts, and a function that counts up, says no as often as is asked, and can be held up. */
  async open({ refusals = 0 }: { readonly refusals?: number } = {}): Promise<void> {
    this.#isOpen = true;
    await this.#database.query(`
      create role ${this.#role} login password 'shop';
      create table public.counted (id bigint generated always as identity, what text not null);
      create sequence public.tries;
      create function public.count_up(what text) returns bigint language plpgsql as $$
        declare n bigint;
        begin
          perform pg_advisory_xact_lock_shared(${GATE});
          if nextval('public.tries') <= ${refusals} then
            raise exception 'not now' using errcode = '40001';
          end if;
          insert into public.counted (what) values (count_up.what) returning id into n;
          return n;
        end $$;
      grant select, insert on public.counted to ${this.#role};
      grant usage on sequence public.tries to ${this.#role};`);
  }

  /** What a flow's role may have made for itself before: anything, as text, with its own rights. */
  async letRunAnything(): Promise<void> {
    await this.#database.query(`
      create function public.anything(sql text) returns int language plpgsql as $$
        begin execute sql; return 1; end $$;
      alter function public.anything owner to ${this.#role}`);
  }

  /** How often it was counted, for good. */
  async counted(): Promise<readonly string[]> {
    const { rows } = await this.#database.query<{ what: string }>("select what from public.counted order by id");
    return rows.map(({ what }) => what);
  }

  /** Resolves with what opens the gate again. */
  async shut(): Promise<() => Promise<void>> {
    const client = await this.#database.connect();
    await client.query("select pg_advisory_lock($1)", [GATE]);
    return async () => {
      await client.query("select pg_advisory_unlock($1)", [GATE]);
      client.release();
    };
  }

  /** Resolves when a statement of the flow stands before the gate. */
  async knocked(): Promise<void> {
    await untilTrue("a statement to stand before the gate", async () => {
      const found = await this.#database.query(
        "select from pg_stat_activity where usename = $1 and wait_event_type = 'Lock'",
        [this.#role],
      );
      return (found.rowCount ?? 0) > 0;
    });
  }

  /** Resolves when no connection of the flow is left. */
  async left(): Promise<void> {
    await untilTrue("the flow's connections to be over", async () => {
      const found = await this.#database.query("select from pg_stat_activity where usename = $1", [this.#role]);
      return found.rowCount === 0;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOpen) {
      await this.#database.query(`drop owned by ${this.#role}`);
      await this.#database.query(`drop role ${this.#role}`);
    }
    await this.#database.end();
  }
}

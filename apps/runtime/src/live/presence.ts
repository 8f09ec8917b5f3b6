/** Who is at which draft, in this process and in others. */
import type { Here } from "./notice.ts";

export interface Present {
  readonly client: string;
  readonly person: Here["person"];
  readonly node: string | null;
}

/** Who has not been heard of for so long is gone: its process says every ten seconds that it is there. */
const FORGET_MS = 25_000;

export class Presence {
  readonly #flows = new Map<number, Map<string, { readonly here: Here; readonly until: number }>>();

  /** True when that is news. */
  put(here: Here): boolean {
    const clients = this.#flows.get(here.flow) ?? new Map<string, { readonly here: Here; readonly until: number }>();
    this.#flows.set(here.flow, clients);
    const before = clients.get(here.client)?.here;
    clients.set(here.client, { here, until: performance.now() + FORGET_MS });
    return before?.node !== here.node || before.person.name !== here.person.name;
  }

  /** True when it was there. */
  remove(flow: number, client: string): boolean {
    const clients = this.#flows.get(flow);
    const was = clients?.delete(client) === true;
    if (clients?.size === 0) this.#flows.delete(flow);
    return was;
  }

  /** Removes who has not been heard of, and answers with the flows of which that is news. */
  forget(): readonly number[] {
    const now = performance.now();
    const changed = new Set<number>();
    for (const [flow, clients] of this.#flows) {
      for (const [client, { until }] of clients) if (until < now && this.remove(flow, client)) changed.add(flow);
    }
    return [...changed];
  }

  of(flow: number): readonly Present[] {
    return [...(this.#flows.get(flow)?.values() ?? [])]
      .map(({ here: { client, person, node } }) => ({ client, person, node }))
      .toSorted((a, b) => (a.client < b.client ? -1 : 1));
  }
}

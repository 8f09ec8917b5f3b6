import type { Query, QueryClient, QueryFilters } from "@tanstack/react-query";

/** Under way when something changed: what they bring may be older than the change. */
const owed = new WeakSet<Query>();

/**
 * Reads what the filter names once more after a change, each as soon as it can be. What is under way is asked again
 * when it has ended, and not thrown away: what changes all the time could never be loaded.
 */
export function readAgain(client: QueryClient, filter: QueryFilters): void {
  for (const query of client.getQueryCache().findAll(filter)) {
    if (query.state.fetchStatus === "idle") read(client, query);
    else readAfterwards(client, query);
  }
}

/** The cache tells at once; what React is told of later, or of a hidden tab not for a second, may have come and gone. */
function readAfterwards(client: QueryClient, query: Query): void {
  if (owed.has(query)) return;
  owed.add(query);
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.query !== query || (event.type !== "removed" && query.state.fetchStatus !== "idle")) return;
    stop();
    owed.delete(query);
    queueMicrotask(() => read(client, query));
  });
}

const read = (client: QueryClient, query: Query): void =>
  void client.invalidateQueries({ predicate: (one) => one === query }, { cancelRefetch: false });

/**
 * How many sessions a process has with a database at a time: hundreds of runs that query at once must not take every
 * connection that the server has, least of all where that is the server of the runs themselves.
 */

const AT_A_TIME = 10;

interface Line {
  active: number;
  readonly waiting: Set<() => void>;
}

const lines = new Map<string, Line>();

/**
 * Resolves when it is the caller's turn, with what ends it.
 * @param database what tells databases apart, and nothing secret
 * @throws the signal's reason
 */
export async function turnAt(database: string, signal: AbortSignal): Promise<() => void> {
  signal.throwIfAborted();
  const line = lines.get(database) ?? { active: 0, waiting: new Set() };
  lines.set(database, line);
  if (line.active < AT_A_TIME) line.active += 1;
  else await inLine(line, signal);
  let over = false;
  return () => {
    if (over) return;
    over = true;
    const [next] = line.waiting;
    if (next !== undefined) next();
    else line.active -= 1;
    if (line.active === 0) lines.delete(database);
  };
}

/** Whoever is through takes the place of the one who left. */
function inLine({ waiting }: Line, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(next);
      signal.removeEventListener("abort", onAbort);
    };
    const next = (): void => {
      leave();
      resolve();
    };
    const onAbort = (): void => {
      leave();
      reject(new DOMException("The attempt is over.", "AbortError"));
    };
    waiting.add(next);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

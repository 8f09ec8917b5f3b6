/** The way out that nobody guards: a node that takes it reaches whatever this computer does. */
import type { Found } from "./case.ts";

/** Checks a node while the global `fetch` leads nowhere; that it was called is a problem too. */
export async function withClosedBackDoor(check: () => Promise<readonly Found[]>): Promise<readonly Found[]> {
  const back = globalThis.fetch;
  let taken = false;
  globalThis.fetch = () => {
    taken = true;
    return Promise.reject(new TypeError("The global fetch leads past the guarded door."));
  };
  try {
    const found = await check();
    if (!taken) return found;
    const message = "It calls by the global `fetch`, past the guarded door. Take `fetch` from what `execute` is given.";
    return [{ code: "door_bypassed", message }, ...found];
  } finally {
    globalThis.fetch = back;
  }
}

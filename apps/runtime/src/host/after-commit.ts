/**
 * What has to follow a commit, and may be cut off by a crash: then the sweeper does it.
 */
import type { Notices } from "../jobs/notices.ts";
import { heldChildren, idleChildren, wakeParent } from "../store/wake-runs.ts";
import type { Connections } from "./connections.ts";
import type { Host } from "./host.ts";

export interface AfterCommit {
  readonly connections: Connections;
  readonly host: Host;
  readonly notices: Notices;
  readonly dispatch: (runs: readonly string[]) => void;
}

/** A child has ended: its parent may have to go on. */
export async function childEnded(
  { connections, host }: AfterCommit,
  child: { readonly parent: string; readonly node: string; readonly failed: boolean },
): Promise<void> {
  const { database, holder } = connections;
  const woken = await wakeParent(database, child, { take: host.hasRoom(), ...holder });
  if (woken !== undefined) host.woken(woken);
}

/** Children were told to stop: their holders are told, and those that nobody holds are taken up. */
export async function tellChildren(
  { connections, host, notices, dispatch }: AfterCommit,
  parent: string,
  node: string,
): Promise<void> {
  const { database, holder } = connections;
  for (const { id, owner, wakeSeq } of await heldChildren(database, parent, node)) {
    if (owner === holder.workerId) host.wake(id, wakeSeq);
    else notices.woken(owner, id);
  }
  dispatch(await idleChildren(database, parent, node));
}

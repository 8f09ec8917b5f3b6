/** What keeps a process and its runs going: heartbeat, timers, sweeps. */
import type { Connections } from "../host/connections.ts";
import type { Host } from "../host/host.ts";
import { HOST_DEFAULTS, type HostSettings } from "../host/host-settings.ts";
import type { Looks } from "../looks/looks.ts";
import { mailRound } from "../notifications/mail-round.ts";
import { nextLapseIn } from "../store/sweeps.ts";
import { heartbeat } from "../store/workers.ts";
import { Pump } from "./pump.ts";
import { sweep } from "./sweeper.ts";
import { fireTimers } from "./timers.ts";

export interface Background {
  readonly timers: Pump;
  readonly sweeper: Pump;
  readonly heart: Pump;
  /** Absent: there is no mail server. */
  readonly mails: Pump | undefined;
}

export interface BackgroundOptions {
  readonly settings: HostSettings;
  readonly connections: Connections;
  readonly host: Host;
  readonly looks: Looks;
  readonly dispatch: (runs: readonly string[]) => void;
  /** A task of this run has changed. */
  readonly touched: (run: string) => void;
}

const TIMER_POLL_MS = 1_000;
const MAIL_POLL_MS = 2_000;
const HEARTBEAT_MS = 5_000;
const AFTER_LAPSE_MS = 20;

export function createBackground(options: BackgroundOptions): Background {
  const { settings, connections, host, looks, dispatch, touched } = options;
  const { database, holder, clock, queue } = connections;
  const { log, mails } = settings;
  const hasRoom = (): boolean => host.hasRoom();
  return {
    timers: new Pump({
      name: "timers",
      log,
      everyMs: TIMER_POLL_MS,
      work: () => fireTimers({ database, host, holder, dispatch, hasRoom, touched }),
    }),
    sweeper: new Pump({
      name: "sweeper",
      log,
      everyMs: settings.sweepMs ?? HOST_DEFAULTS.sweepMs,
      work: async () => {
        const unlock = (pools: readonly string[]): Promise<void> => queue.unlock(pools);
        await sweep({ database, looks, workerId: holder.workerId, silentMs: holder.leaseMs, dispatch, unlock });
        // The runs of a process that died are found when their leases end, not up to a whole interval later.
        const lapse = await nextLapseIn(database);
        return lapse === undefined ? undefined : lapse + AFTER_LAPSE_MS;
      },
    }),
    mails:
      mails === undefined
        ? undefined
        : new Pump({
            name: "mails",
            log,
            everyMs: MAIL_POLL_MS,
            work: async () => {
              await mailRound({ database, ...mails });
              return undefined;
            },
          }),
    heart: new Pump({
      name: "heartbeat",
      log,
      everyMs: Math.min(HEARTBEAT_MS, holder.leaseMs / 3),
      work: async () => {
        const [now] = await Promise.all([
          heartbeat(database, holder.workerId, looks.oldest(), queue.pool),
          host.renew(),
        ]);
        clock.set(now);
        return undefined;
      },
    }),
  };
}

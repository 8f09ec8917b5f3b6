/** Where one can go. Only pages that exist are shown. */
import {
  ActivityIcon,
  ChartNoAxesColumn,
  HeartPulse,
  Inbox,
  type LucideIcon,
  OctagonAlert,
  Radio,
  ScrollText,
  Settings,
  Users,
  Workflow,
} from "lucide-react";
import { onlyDecides } from "./guard.ts";
import type { Action, SignedIn } from "./session.ts";

export type Place =
  "inbox" | "flows" | "runs" | "incidents" | "events" | "insights" | "health" | "people" | "audit" | "settings";

export interface NavigationItem {
  readonly place: Place;
  readonly to: string;
  readonly icon: LucideIcon;
  /** Begins the second group. */
  readonly apart?: true;
  /** Its keys after G. */
  readonly key?: string;
  /** Shown to whoever has this right. Absent: to everybody. */
  readonly needs?: Action;
}

const ITEMS: readonly NavigationItem[] = [
  { place: "inbox", to: "/inbox", icon: Inbox, key: "I" },
  { place: "flows", to: "/flows", icon: Workflow, key: "F" },
  { place: "runs", to: "/runs", icon: ActivityIcon, key: "R" },
  { place: "incidents", to: "/incidents", icon: OctagonAlert, key: "N" },
  { place: "events", to: "/events", icon: Radio, key: "E" },
  { place: "insights", to: "/insights", icon: ChartNoAxesColumn },
  { place: "health", to: "/health", icon: HeartPulse, apart: true },
  { place: "people", to: "/people", icon: Users },
  { place: "audit", to: "/audit", icon: ScrollText, needs: "audit.read" },
  { place: "settings", to: "/settings", icon: Settings },
];

/** What this person sees in the navigation, in the order of every page. */
export function navigationFor(
  { person, may }: Pick<SignedIn, "person" | "may">,
  exists: (path: string) => boolean,
): readonly NavigationItem[] {
  const own = ITEMS.filter(({ needs }) => needs === undefined || may.includes(needs));
  const there = own.filter(({ to }) => exists(to) || (to === "/settings" && exists("/settings/$section")));
  const inbox = there.filter(({ place }) => place === "inbox");
  return onlyDecides(person.roles) && inbox.length > 0 ? inbox : there;
}

/**
 * Every page and its address. A page is one entry here: its code is fetched when somebody goes there or points at a
 * link to it. `shell` says what stands around it: "list" (navigation with words) or "canvas" (icons). Search params
 * are read by the page's own function or
 * zod schema: `validateSearch: flowsSearch`.
 */
// oxlint-disable typescript/only-throw-error -- a redirect is thrown: so the router wants it
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { guardPage, homeOf, safeTarget } from "./guard.ts";
import { BrokenPage, MissingPage, PendingPage } from "./page-states.tsx";
import { auditSearch } from "../pages/audit/search.ts";
import { designerSearch } from "../pages/designer/search.ts";
import { eventsSearch } from "../pages/events/search.ts";
import { flowsSearch } from "../pages/flows/search.ts";
import { inboxSearch } from "../pages/inbox/search.ts";
import { incidentsSearch } from "../pages/incidents/search.ts";
import { insightsSearch } from "../pages/insights/search.ts";
import { versionsSearch } from "../pages/versions/search.ts";
import { runSearch } from "../pages/run/search.ts";
import { runsSearch } from "../pages/runs/search.ts";
import { queryClient, server } from "./queries.ts";
import { isSignedIn, type Session, type SignedIn } from "./session.ts";
import { SignedInPages } from "./signed-in-pages.tsx";

/** The session as last heard: the pages look for themselves whether it has ended. */
function sessionNow(): Promise<Session> {
  return queryClient.query({ ...server.session.current.queryOptions(), staleTime: "static" });
}

const root = createRootRoute({ component: Outlet });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: SignedInPages,
  beforeLoad: async ({ location }): Promise<{ session: SignedIn }> => {
    const session = await sessionNow();
    if (isSignedIn(session)) return { session };
    const sent = guardPage({ signedIn: false, setUp: session.setUp }, location.href);
    throw redirect(sent ?? { to: "/sign-in" });
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: ({ context }) => {
    const pages = { inbox: Object.hasOwn(router.routesByPath, "/inbox") };
    throw redirect({ href: homeOf(context.session.person.roles, pages), replace: true });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: ({ to, refused }: { to?: unknown; refused?: unknown }): { to?: string; refused?: string } => ({
    ...(typeof to === "string" ? { to } : {}),
    // Why the way back from a provider led to nobody.
    ...(typeof refused === "string" ? { refused } : {}),
  }),
  beforeLoad: async ({ search }) => {
    const session = await sessionNow();
    if (isSignedIn(session)) throw redirect({ href: safeTarget(search.to) ?? "/", replace: true });
    if (!session.setUp) throw redirect({ to: "/welcome", replace: true });
  },
  component: lazyRouteComponent(() => import("../pages/sign-in/page.tsx"), "SignInPage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  beforeLoad: async () => {
    const session = await sessionNow();
    if (isSignedIn(session) || session.setUp) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("../pages/welcome/page.tsx"), "WelcomePage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation/$token",
  component: lazyRouteComponent(() => import("../pages/invitation/page.tsx"), "InvitationPage"),
});

const decideLink = createRoute({
  getParentRoute: () => root,
  path: "/decide/$token",
  component: lazyRouteComponent(() => import("../pages/decide-link/page.tsx"), "DecideLinkPage"),
});

const flows = createRoute({
  getParentRoute: () => signedIn,
  path: "/flows",
  validateSearch: flowsSearch,
  component: lazyRouteComponent(() => import("../pages/flows/page.tsx"), "FlowsPage"),
});

const flow = createRoute({
  getParentRoute: () => signedIn,
  path: "/flows/$flow",
  validateSearch: designerSearch,
  staticData: { shell: "canvas" },
  component: lazyRouteComponent(() => import("../pages/designer/page.tsx"), "DesignerPage"),
});

const flowVersions = createRoute({
  getParentRoute: () => signedIn,
  path: "/flows/$flow/versions",
  validateSearch: versionsSearch,
  staticData: { shell: "canvas" },
  component: lazyRouteComponent(() => import("../pages/versions/page.tsx"), "VersionsPage"),
});

const flowSettings = createRoute({
  getParentRoute: () => signedIn,
  path: "/flows/$flow/settings",
  staticData: { shell: "canvas" },
  component: lazyRouteComponent(() => import("../pages/flow-settings/page.tsx"), "FlowSettingsPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "you" }, replace: true });
  },
});

const settingsSection = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings/$section",
  component: lazyRouteComponent(() => import("../pages/settings/page.tsx"), "SettingsPage"),
});

const people = createRoute({
  getParentRoute: () => signedIn,
  path: "/people",
  component: lazyRouteComponent(() => import("../pages/people/page.tsx"), "PeoplePage"),
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: "/inbox",
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import("../pages/inbox/page.tsx"), "InboxPage"),
});

const runs = createRoute({
  getParentRoute: () => signedIn,
  path: "/runs",
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import("../pages/runs/page.tsx"), "RunsPage"),
});

const run = createRoute({
  getParentRoute: () => signedIn,
  path: "/runs/$run",
  validateSearch: runSearch,
  staticData: { shell: "canvas" },
  component: lazyRouteComponent(() => import("../pages/run/page.tsx"), "RunPage"),
});

const incidents = createRoute({
  getParentRoute: () => signedIn,
  path: "/incidents",
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import("../pages/incidents/page.tsx"), "IncidentsPage"),
});

const events = createRoute({
  getParentRoute: () => signedIn,
  path: "/events",
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import("../pages/events/page.tsx"), "EventsPage"),
});

const event = createRoute({
  getParentRoute: () => signedIn,
  path: "/events/$event",
  component: lazyRouteComponent(() => import("../pages/events/event-page.tsx"), "EventPage"),
});

const health = createRoute({
  getParentRoute: () => signedIn,
  path: "/health",
  component: lazyRouteComponent(() => import("../pages/health/page.tsx"), "HealthPage"),
});

const insights = createRoute({
  getParentRoute: () => signedIn,
  path: "/insights",
  validateSearch: insightsSearch,
  component: lazyRouteComponent(() => import("../pages/insights/page.tsx"), "InsightsPage"),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../pages/audit/page.tsx"), "AuditPage"),
});

const missing = createRoute({ getParentRoute: () => signedIn, path: "$", component: MissingPage });

const routeTree = root.addChildren([
  signIn,
  welcome,
  invitation,
  decideLink,
  signedIn.addChildren([
    home,
    inbox,
    flows,
    flow,
    flowVersions,
    flowSettings,
    people,
    settings,
    settingsSection,
    runs,
    run,
    incidents,
    events,
    event,
    health,
    insights,
    audit,
    missing,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingComponent: PendingPage,
  defaultPendingMs: 150,
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: MissingPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
  interface StaticDataRouteOption {
    /** What stands around the page. Absent: "list". */
    readonly shell?: "list" | "canvas";
    /** False: a page of a phone that needs its own bottom. */
    readonly phoneNav?: boolean;
  }
}

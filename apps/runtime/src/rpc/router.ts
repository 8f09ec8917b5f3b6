/** Every procedure that the pages call. */
// oxlint-disable import/max-dependencies -- this is the list of them
import { absenceRouter } from "./absence-router.ts";
import { auditRouter } from "./audit-router.ts";
import { calendarsRouter } from "./calendars-router.ts";
import { credentialsRouter } from "./credentials-router.ts";
import { draftsRouter } from "./drafts-router.ts";
import { eventsRouter } from "./events-router.ts";
import { flowsRouter } from "./flows-router.ts";
import { healthRouter } from "./health-router.ts";
import { inboxRouter } from "./inbox-router.ts";
import { inboxViewsRouter } from "./inbox-views-router.ts";
import { incidentsRouter } from "./incidents-router.ts";
import { insightsRouter } from "./insights-router.ts";
import { keysRouter } from "./keys-router.ts";
import { linksRouter } from "./links-router.ts";
import { nodeTypesRouter } from "./node-types-router.ts";
import { notificationsRouter } from "./notifications-router.ts";
import { peopleRouter } from "./people-router.ts";
import { runsRouter } from "./runs-router.ts";
import { searchProcedure } from "./search-procedure.ts";
import { sessionRouter } from "./session-router.ts";
import { tasksRouter } from "./tasks-router.ts";
import { router } from "./trpc.ts";

export const appRouter = router({
  absence: absenceRouter,
  audit: auditRouter,
  calendars: calendarsRouter,
  credentials: credentialsRouter,
  drafts: draftsRouter,
  events: eventsRouter,
  flows: flowsRouter,
  health: healthRouter,
  inbox: inboxRouter,
  inboxViews: inboxViewsRouter,
  incidents: incidentsRouter,
  insights: insightsRouter,
  keys: keysRouter,
  links: linksRouter,
  nodeTypes: nodeTypesRouter,
  notifications: notificationsRouter,
  people: peopleRouter,
  runs: runsRouter,
  search: searchProcedure,
  session: sessionRouter,
  tasks: tasksRouter,
});

export type AppRouter = typeof appRouter;

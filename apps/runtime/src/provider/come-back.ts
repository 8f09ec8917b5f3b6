/**
 * The browser comes back from the provider. That is a plain visit to an address, so it answers with another address: the
 * page that somebody came for, or the sign-in page with the reason why not, as a code that the page has a sentence for.
 */
import type { Context } from "hono";
import type { Pool } from "pg";
import type { ApiEnvironment } from "../api/environment.ts";
import type { Logger } from "../log/logger.ts";
import { Problem } from "../problem/problem.ts";
import { enter } from "../session/enter.ts";
import { endSession } from "../session/session-store.ts";
import { hashToken } from "../session/token.ts";
import { giveReturnBack, takeReturn } from "../session/tries.ts";
import { visitOf, type Visit } from "../session/visit.ts";
import { WORKSPACE } from "../session/workspace.ts";
import { RETURN_PATH, type OpenIdProvider } from "./open-id-provider.ts";
import { personOf } from "./person-of.ts";
import { readTrip, type Trip } from "./trip.ts";

export interface ComeBackOptions {
  readonly database: Pool;
  readonly logger: Logger;
  readonly provider: OpenIdProvider;
  readonly publicUrl: URL | undefined;
}

export async function comeBack(context: Context<ApiEnvironment>, options: ComeBackOptions): Promise<Response> {
  context.set("route", RETURN_PATH);
  const visit = visitOf(context, options.publicUrl, (cookie) => context.header("Set-Cookie", cookie, { append: true }));
  const trip = readTrip(visit.trip);
  visit.keepTrip(null);
  try {
    visit.requireSafety();
    const token = await signedIn(context, options, visit, trip);
    if (visit.token !== undefined) await endSession(options.database, visit.token);
    visit.keep(token);
    return context.redirect(trip?.to ?? "/", 303);
  } catch (error) {
    const code = reasonOf(error);
    const requestId = context.get("requestId");
    if (code === "provider_failed") options.logger.warn({ err: error, requestId }, "a sign-in by the provider failed");
    else options.logger.info({ code, requestId }, "a sign-in by the provider was refused");
    const to = trip === undefined || trip.to === "/" ? "" : `&to=${encodeURIComponent(trip.to)}`;
    return context.redirect(`/sign-in?refused=${code}${to}`, 303);
  }
}

async function signedIn(
  context: Context<ApiEnvironment>,
  { database, provider }: ComeBackOptions,
  visit: Visit,
  trip: Trip | undefined,
): Promise<string> {
  const { search, searchParams } = new URL(context.req.url);
  // Before anything goes out, or is counted: who comes without having left is a link from somewhere.
  if (trip === undefined || searchParams.get("state") !== trip.state || visit.origin === undefined) {
    throw new Problem(403, "sign_in_expired", "This way in has expired.");
  }
  if (searchParams.get("error") === "access_denied") {
    throw new Problem(403, "provider_denied", "It was broken off there.");
  }
  if (!(await takeReturn(database, visit.address))) throw new Problem(429, "too_many_tries", "Too many tries.");
  const { rowCount } = await database.query(
    "insert into holdfast.sign_in_returns (hash) values ($1) on conflict do nothing",
    [hashToken(trip.token)],
  );
  if (rowCount === 0) throw new Problem(403, "sign_in_expired", "This way in has been used.");
  const identity = await provider.arrive(new URL(visit.origin + RETURN_PATH + search), trip);
  const person = await personOf(database, WORKSPACE, provider.settings, identity);
  await giveReturnBack(database, visit.address);
  return enter(database, WORKSPACE, person, { ...visit, way: "provider" });
}

/** What the sign-in page has sentences for. */
const TOLD = [
  "sign_in_expired",
  "provider_denied",
  "too_many_tries",
  "email_unverified",
  "nobody_here",
  "identity_taken",
  "person_disabled",
  "https_needed",
] as const;

const reasonOf = (error: unknown): (typeof TOLD)[number] | "provider_failed" =>
  TOLD.find((code) => error instanceof Problem && error.code === code) ?? "provider_failed";

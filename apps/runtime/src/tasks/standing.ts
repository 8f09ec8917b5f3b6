/**
 * Who may decide a task at a moment, and for whom. Pure: everything it looks at is given.
 *
 * Somebody holds a task who is assigned to it, or to whom its holder has handed it over. Who holds it may let one other
 * person decide on their behalf; that person can't pass it on. While a holder is away their delegate may decide too.
 */
export interface DecidingPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

export interface Delegation {
  readonly from: string;
  readonly to: string;
  readonly kind: "delegate" | "handOver";
}

export interface CountedVote {
  /** `person:id` */
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly outcome: string;
}

export interface Claim {
  readonly by: string;
  /** Milliseconds. */
  readonly since: number;
}

/** What stands around a task at a moment. */
export interface Standing {
  /** By id; whoever is disabled is not among them. */
  readonly people: ReadonlyMap<string, DecidingPerson>;
  /** In force now. */
  readonly delegations: readonly Delegation[];
  /** Of now. */
  readonly absences: readonly { readonly person: string; readonly delegate: string }[];
  /** Who decided the nodes whose deciders may not decide here. */
  readonly earlier: ReadonlySet<string>;
  readonly votes: readonly CountedVote[];
  readonly claim: Claim | undefined;
}

/** What of a task its right depends on. */
export interface TaskOfRight {
  readonly assignTo: {
    readonly people: readonly string[];
    readonly roles: readonly string[];
    readonly groups: readonly string[];
  };
  readonly notRequester: boolean;
  readonly requester: string | null;
}

export interface MayNot {
  readonly may: false;
  readonly status: 403 | 409;
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly [name: string]: string };
}

export interface May {
  readonly may: true;
  /** For whom; null: in their own right. */
  readonly onBehalfOf: string | null;
  /** Whether they hold it, and so may give it to others. */
  readonly holds: boolean;
}

export type Right = May | MayNot;

/** One of the grounds on which somebody may decide. */
interface Ground {
  /** Whose right it is. */
  readonly root: string;
  readonly holds: boolean;
}

/** Whether the person may decide the task; that others work on it, or that they have voted, is another matter. */
export function rightToDecide(task: TaskOfRight, person: string | undefined, standing: Standing): Right {
  const self = person === undefined ? undefined : standing.people.get(person);
  if (self === undefined) {
    return refuse("not_a_person", "Only a person, or a key that acts as one, can decide a task.");
  }
  const grounds = groundsOf(task, self, standing);
  const [first] = grounds;
  if (first === undefined) return refuse(...whyNone(self.id, standing));
  const excluded = exclusionOf(task, self, standing, "You");
  if (excluded !== undefined) return excluded;
  const ground = grounds.find(({ root }) => exclusionOfRoot(task, root, standing) === undefined);
  if (ground === undefined) {
    return exclusionOfRoot(task, first.root, standing) ?? refuse("not_assigned", "This task is assigned to others.");
  }
  return { may: true, onBehalfOf: ground.root === self.id ? null : ground.root, holds: ground.holds };
}

/** Whether they may decide it now: nobody else works on it, and they have not yet. */
export function mayDecideNow(task: TaskOfRight, person: string | undefined, standing: Standing): Right {
  const right = rightToDecide(task, person, standing);
  if (!right.may || person === undefined) return right;
  const { claim, people, votes } = standing;
  const holder = claim === undefined ? undefined : people.get(claim.by);
  if (claim !== undefined && holder !== undefined && holder.id !== person) {
    const who = holder.name;
    return {
      may: false,
      status: 409,
      code: "claimed",
      message: `${who} works on this.`,
      details: { by: claim.by, name: who, since: new Date(claim.since).toISOString() },
    };
  }
  if (votes.some(({ actor }) => actor === `person:${person}`)) {
    return { may: false, status: 409, code: "already_voted", message: "You have answered this already." };
  }
  const voice = right.onBehalfOf ?? person;
  const voted = votes.find(({ actor, onBehalfOf }) => (onBehalfOf ?? actor.slice("person:".length)) === voice);
  if (voted === undefined) return right;
  const whose = right.onBehalfOf === null ? "You have" : `${people.get(voice)?.name ?? "The person you act for"} has`;
  return {
    may: false,
    status: 409,
    code: "already_voted",
    message: `${whose} answered this already${right.onBehalfOf === null ? ", through somebody else" : ""}.`,
  };
}

/** Why the person could not decide even if it were given to them; undefined: they could. */
export function exclusionOf(
  task: TaskOfRight,
  { id, email, name }: Pick<DecidingPerson, "id" | "email" | "name">,
  { earlier }: Pick<Standing, "earlier">,
  called: "You" | "name" = "name",
): MayNot | undefined {
  const who = called === "You" ? "You" : name;
  if (task.notRequester && task.requester !== null && isPerson(task.requester, { id, email })) {
    return refuse("requester_may_not_decide", `${who} asked for this, so someone else decides.`);
  }
  if (earlier.has(id)) {
    return refuse(
      "earlier_decider_may_not_decide",
      `${who} decided an earlier question of this run, so someone else decides this one.`,
    );
  }
  return undefined;
}

/** Whether the task names nobody, so that everybody may decide it. */
export const isForEverybody = ({ assignTo: { people, roles, groups } }: Pick<TaskOfRight, "assignTo">): boolean =>
  people.length === 0 && roles.length === 0 && groups.length === 0;

/** Whether the task's assignment names the person. An administrator is not an approver by that alone. */
export function isAssigned(task: Pick<TaskOfRight, "assignTo">, person: DecidingPerson): boolean {
  const { people, roles, groups } = task.assignTo;
  return (
    isForEverybody(task) ||
    people.some((named) => isPerson(named, person)) ||
    roles.some((role) => person.roles.includes(role)) ||
    groups.some((group) => person.groups.includes(group))
  );
}

/** Whether a task that `from` gives to `to` would come back to them. */
export function wouldLoop(delegations: readonly Delegation[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const next = [to];
  for (let person = next.pop(); person !== undefined; person = next.pop()) {
    if (person === from) return true;
    if (seen.has(person)) continue;
    seen.add(person);
    next.push(...delegations.filter((one) => one.from === person).map((one) => one.to));
  }
  return false;
}

/** What was given to them first, then their own right, then whom they stand in for. */
function groundsOf(task: TaskOfRight, person: DecidingPerson, standing: Standing): Ground[] {
  const gaveAway = hasHandedOver(person.id, standing);
  const grounds: Ground[] = [];
  for (const { from, to, kind } of standing.delegations) {
    const holds = kind === "handOver";
    if (to !== person.id || (holds && gaveAway)) continue;
    const root = rootOf(task, from, standing, new Set());
    if (root !== undefined) grounds.push({ root, holds });
  }
  if (isAssigned(task, person) && !gaveAway) grounds.push({ root: person.id, holds: true });
  for (const { person: away, delegate } of standing.absences) {
    if (delegate !== person.id || hasHandedOver(away, standing)) continue;
    const root = rootOf(task, away, standing, new Set());
    if (root !== undefined) grounds.push({ root, holds: false });
  }
  return grounds;
}

const hasHandedOver = (person: string, { delegations }: Standing): boolean =>
  delegations.some(({ from, kind }) => from === person && kind === "handOver");

/** Whose right somebody holds: their own, or that of whoever handed it over to them. */
function rootOf(task: TaskOfRight, id: string, standing: Standing, seen: Set<string>): string | undefined {
  if (seen.has(id)) return undefined;
  seen.add(id);
  const person = standing.people.get(id);
  if (person === undefined) return undefined;
  if (isAssigned(task, person)) return id;
  for (const { from, to, kind } of standing.delegations) {
    if (to !== id || kind !== "handOver") continue;
    const root = rootOf(task, from, standing, seen);
    if (root !== undefined) return root;
  }
  return undefined;
}

function exclusionOfRoot(task: TaskOfRight, root: string, standing: Standing): MayNot | undefined {
  const person = standing.people.get(root);
  return person === undefined ? undefined : exclusionOf(task, person, standing);
}

function whyNone(person: string, standing: Standing): readonly [string, string] {
  const given = standing.delegations.find(({ from, kind }) => from === person && kind === "handOver");
  if (given === undefined) return ["not_assigned", "This task is assigned to others."];
  return ["handed_over", `You handed this over to ${standing.people.get(given.to)?.name ?? "somebody else"}.`];
}

const refuse = (code: string, message: string): MayNot => ({ may: false, status: 403, code, message });

/** People are named by id or by e-mail address. */
function isPerson(named: string, person: Pick<DecidingPerson, "id" | "email">): boolean {
  const text = named.trim().toLowerCase();
  return (
    text === person.id.toLowerCase() ||
    text === person.email.toLowerCase() ||
    text === `person:${person.id.toLowerCase()}`
  );
}

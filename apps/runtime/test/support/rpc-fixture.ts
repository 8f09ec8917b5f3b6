/** The procedures on a running host, called as people in every role. */
import { pino } from "pino";
import type { Role } from "../../src/access/rights.ts";
import { Authenticator } from "../../src/keys/authenticate.ts";
import { putPerson } from "../../src/people/person-store.ts";
import type { RpcContext } from "../../src/rpc/context.ts";
import { appRouter } from "../../src/rpc/router.ts";
import type { SignedIn } from "../../src/session/signed-in.ts";
import type { HostSettings } from "../../src/host/host-settings.ts";
import { HostFixture, SYSTEM_CALLER } from "./host-fixture.ts";

export type RpcCaller = ReturnType<typeof appRouter.createCaller>;

export class RpcFixture implements AsyncDisposable {
  readonly hosts: HostFixture;
  readonly #people = new Map<string, SignedIn>();

  private constructor(hosts: HostFixture) {
    this.hosts = hosts;
  }

  static async create(settings: Partial<HostSettings> = {}): Promise<RpcFixture> {
    const fixture = new RpcFixture(await HostFixture.create());
    await fixture.hosts.start(settings);
    return fixture;
  }

  /** Signs somebody in, who is made on the first call. */
  async person(name: string, roles: readonly Role[] = ["analyst"]): Promise<SignedIn> {
    const known = this.#people.get(name);
    if (known !== undefined) return known;
    const email = `${name.toLowerCase()}@example.com`;
    const { database } = this.hosts.host;
    const id = await putPerson(database, SYSTEM_CALLER, { email, name, roles, groups: [] });
    const person: SignedIn = {
      workspace: 1,
      actor: { kind: "person", id },
      person: { id, name, email, roles, groups: [] },
      door: "app",
    };
    this.#people.set(name, person);
    return person;
  }

  /** The procedures as somebody calls them. */
  async as(name: string, roles?: readonly Role[], signal?: AbortSignal): Promise<RpcCaller> {
    const { database, manifests, services, live } = this.hosts.host;
    const principal = await this.person(name, roles);
    const context: RpcContext = {
      services,
      live,
      database,
      nodeTypes: manifests,
      authenticator: new Authenticator({ find: () => Promise.resolve(undefined), touch: () => {}, now: Date.now }),
      logger: pino({ level: "silent" }),
      version: "0.0.0-test",
      demo: undefined,
      principal,
      whoNow: async () => principal,
      requestId: "test",
      visit: {
        address: "127.0.0.1",
        local: true,
        origin: undefined,
        token: undefined,
        keep: () => {},
        agent: undefined,
        trip: undefined,
        keepTrip: () => {},
        requireSafety: () => {},
      },
    };
    return appRouter.createCaller(context, signal === undefined ? {} : { signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hosts[Symbol.asyncDispose]();
  }
}

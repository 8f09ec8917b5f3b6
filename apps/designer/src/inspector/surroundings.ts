/** What the page knows besides the flow: people, other flows, values of runs. */
import type { Directory, Named } from "../fields/host.ts";
import type { Sample } from "../expression-field/sample.ts";

export interface Surroundings {
  readonly flows: readonly Named[];
  readonly directory: Directory;
  /** Names of calendars beside the default one. */
  readonly calendars?: readonly string[] | undefined;
  /** The chosen one, with the name that it is told by. */
  readonly sample?: Sample | undefined;
}

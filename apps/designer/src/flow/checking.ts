/** When the document of a store is checked, and by whom. */
import type { FlowDocument, Issue } from "@holdfast/dsl";
import { checkHere, type Checker, type Question } from "./checker.ts";
import { allNodes } from "./graphs.ts";

export interface CheckingOptions {
  readonly state: () => { readonly flow: FlowDocument; readonly checked: boolean; readonly issues: readonly Issue[] };
  /** What is wrong with the document as it is. */
  readonly found: (issues: readonly Issue[]) => void;
  readonly question: (flow: FlowDocument) => Question;
  /** For large documents. */
  readonly checker: Checker;
}

/** So many nodes are checked within a frame, sooner than a thread is there. */
const FEW = 40;

/** Whether a document is checked on the page's own thread. */
export function isQuick(flow: FlowDocument): boolean {
  return allNodes(flow).size <= FEW;
}

/** After an answer that came too late, in milliseconds. */
const AGAIN = 150;

export class Checking {
  readonly #options: CheckingOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;

  constructor(options: CheckingOptions) {
    this.#options = options;
  }

  /** At once, on this thread. */
  now(): readonly Issue[] {
    clearTimeout(this.#timer);
    const { flow, checked, issues } = this.#options.state();
    if (checked) return issues;
    const found = checkHere(this.#options.question(flow));
    this.#options.found(found);
    return found;
  }

  /** When nothing has been changed for so many milliseconds. */
  soon(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#aside(), after);
  }

  /** One question at a time; what is changed meanwhile is asked about afterwards. */
  async #aside(): Promise<void> {
    const { flow, checked } = this.#options.state();
    if (checked || this.#asking) return;
    if (isQuick(flow)) {
      this.now();
      return;
    }
    this.#asking = true;
    const question = this.#options.question(flow);
    const issues = await this.#options.checker.check(question);
    this.#asking = false;
    const after = this.#options.state();
    if (after.checked) return;
    const isSame = after.flow === flow && this.#options.question(flow).manifests === question.manifests;
    if (isSame) this.#options.found(issues);
    else this.soon(AGAIN);
  }
}

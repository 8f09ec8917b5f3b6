/** Focus is never lost: where the thing that has it goes away, what stood beside it has it then. */

const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex='0'], [contenteditable=true]";

/** Milliseconds in which the page itself may put the focus somewhere. */
const PATIENCE = 60;

/** What is around an element, from the inside out. */
interface Spot {
  readonly before: Element | null;
  readonly after: Element | null;
  readonly parent: Element;
}

interface Kept {
  readonly element: Element;
  readonly name: string | null;
  readonly spots: readonly Spot[];
}

/** @returns stops keeping. */
export function keepFocus(page: Document): () => void {
  let kept: Kept | undefined;
  const remember = (): void => {
    const { activeElement } = page;
    if (activeElement !== null && activeElement !== page.body) kept = keptOf(activeElement);
  };
  const repair = (): void => {
    if (kept === undefined) return;
    // What was only switched off for a moment has it back.
    for (const heir of [...(isThere(kept.element) ? [kept.element] : []), ...heirsOf(kept)]) {
      if (page.activeElement !== page.body) return;
      if (heir instanceof HTMLElement) heir.focus();
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    if (kept === undefined || page.activeElement !== page.body) return;
    clearTimeout(timer);
    timer = setTimeout(repair, PATIENCE);
  };
  // A press on the ground takes the focus away on purpose.
  const forget = (): void => {
    kept = undefined;
  };
  const observer = new MutationObserver(look);
  observer.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  page.addEventListener("focusin", remember);
  page.addEventListener("keydown", repair, true);
  page.addEventListener("pointerdown", forget, true);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    page.removeEventListener("focusin", remember);
    page.removeEventListener("keydown", repair, true);
    page.removeEventListener("pointerdown", forget, true);
  };
}

function keptOf(element: Element): Kept {
  const spots: Spot[] = [];
  for (let at = element; at.parentElement !== null; at = at.parentElement) {
    spots.push({ before: at.previousElementSibling, after: at.nextElementSibling, parent: at.parentElement });
  }
  return { element, name: element.getAttribute("aria-label"), spots };
}

const isThere = (element: Element): boolean => element.isConnected && !element.matches(":disabled");

/** The same control drawn anew, else what is beside, else what is around; from the inside out, the best first. */
function* heirsOf({ element, name, spots }: Kept): Generator<HTMLElement> {
  for (const { before, after, parent } of spots) {
    if (!parent.isConnected) continue;
    const inside = focusable(parent);
    const same = inside.find(
      (one) => name !== null && one.tagName === element.tagName && one.getAttribute("aria-label") === name,
    );
    const beside = [after, before].flatMap((one, at) =>
      one?.isConnected === true ? (focusable(one).at(-at) ?? []) : [],
    );
    yield* [...(same === undefined ? [] : [same]), ...beside, ...inside.slice(0, 1)];
  }
}

function focusable(within: Element): HTMLElement[] {
  const all = [...(within.matches(FOCUSABLE) ? [within] : []), ...within.querySelectorAll(FOCUSABLE)];
  return all.filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one.tabIndex >= (one.isContentEditable ? -1 : 0) &&
      one.closest("[inert], [aria-hidden=true]") === null,
  );
}

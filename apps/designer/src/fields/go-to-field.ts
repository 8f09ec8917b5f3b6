import { nearestPlace } from "./asked-field.ts";

/** Milliseconds that a field gets to appear: its tab opens, its editor is loaded. */
const PATIENCE = 1_200;
/** After this long a field that holds the place will do. */
const EXACT = 400;

const TYPED = [
  "input:not([type=hidden]):not(:disabled)",
  "textarea:not(:disabled)",
  "[contenteditable=true]",
  "[role=combobox]",
  "[role=switch]",
  "[role=checkbox]",
].join(", ");

/** Puts the focus into the field at a place of the document as soon as it stands there. `end` is told whether it does. */
export function goToField(root: HTMLElement, pointer: string, end: (found: boolean) => void): () => void {
  const start = performance.now();
  let frame = 0;
  const look = (): void => {
    const waited = performance.now() - start;
    const control = controlAt(root, pointer, waited);
    if (control === undefined && waited < PATIENCE) {
      frame = requestAnimationFrame(look);
      return;
    }
    control?.scrollIntoView({ block: "center" });
    control?.focus({ preventScroll: true });
    end(control !== undefined);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

function controlAt(root: HTMLElement, pointer: string, waited: number): HTMLElement | undefined {
  const fields = [...root.querySelectorAll<HTMLElement>("[data-field]")];
  const places = fields.map((field) => field.dataset["field"] ?? "");
  const place = waited < EXACT && !places.includes(pointer) ? undefined : nearestPlace(pointer, places);
  if (place === undefined) return undefined;
  // A field may stand in another of the same place; the inner one is the control.
  const field = fields.findLast((one) => one.dataset["field"] === place);
  const wrong = field?.querySelector<HTMLElement>("[aria-invalid=true]");
  const typed = wrong ?? field?.querySelector<HTMLElement>(TYPED);
  if (typed !== undefined && typed !== null) return typed;
  // Before its editor is there a field has only buttons.
  return waited < EXACT ? undefined : (field?.querySelector<HTMLElement>("button") ?? undefined);
}

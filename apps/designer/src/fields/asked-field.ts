/** The way to one field of a form. Who asks for it names its place by a JSON pointer into the document. */
import { createContext, use, useEffect, useRef } from "react";

export interface AskedField {
  readonly pointer: string;
}

const AskedContext = createContext<AskedField | undefined>(undefined);

export const AskedFieldProvider = AskedContext.Provider;

export function isAt(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}

/** The innermost of the places that hold what the pointer names. */
export function nearestPlace(pointer: string, places: readonly string[]): string | undefined {
  return places
    .filter((place) => place !== "" && isAt(pointer, place))
    .reduce<string | undefined>(
      (best, place) => (best === undefined || place.length > best.length ? place : best),
      undefined,
    );
}

/** What folds fields away opens when one of them is asked for. */
export function useAskedFor(place: string, open: (pointer: string) => void): void {
  const asked = use(AskedContext);
  const latest = useRef({ place, open });
  useEffect(() => {
    latest.current = { place, open };
  });
  useEffect(() => {
    if (asked !== undefined && isAt(asked.pointer, latest.current.place)) latest.current.open(asked.pointer);
  }, [asked]);
}

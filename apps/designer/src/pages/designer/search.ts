/** What the address of a flow holds. */
export interface DesignerSearch {
  /** The node that is selected: links lead to it. */
  readonly node?: string;
  /** The test bench is open. */
  readonly test?: true;
  readonly tour?: 1;
  /** The document as text. */
  readonly view?: "code";
}

export function designerSearch(search: Readonly<Record<string, unknown>>): DesignerSearch {
  const { node, test, tour, view } = search;
  return {
    ...(typeof node === "string" ? { node } : {}),
    ...(test === true ? { test } : {}),
    ...(tour === 1 ? { tour } : {}),
    ...(view === "code" ? { view } : {}),
  };
}

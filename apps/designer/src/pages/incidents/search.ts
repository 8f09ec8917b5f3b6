/** What the address of the incidents holds. */
export interface IncidentsSearch {
  /** The one a link leads to: its group stands first. */
  readonly incident?: string;
}

export function incidentsSearch({ incident }: Readonly<Record<string, unknown>>): IncidentsSearch {
  return typeof incident === "string" && incident !== "" ? { incident } : {};
}

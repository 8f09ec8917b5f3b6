/** The fields of a node with its params beside them, and nothing else of the page. */
import { Tooltip } from "@base-ui/react/tooltip";
import { valueAt, type Json } from "@holdfast/dsl";
import { useState, type JSX, type ReactNode } from "react";
import { FieldsProvider } from "./host.ts";
import { ParamField } from "./param-field.tsx";
import { setAt } from "./set-at.ts";

export interface WithFieldsProps {
  /** The node's. */
  readonly type: string;
  /** The params that the fields begin with. */
  readonly start: Json;
  /** Told after each change, and at the beginning. */
  readonly onParams?: (params: Json) => void;
  readonly children: ReactNode;
}

export function WithFields({ type, start, onParams, children }: WithFieldsProps): JSX.Element {
  const [params, setParams] = useState(start);
  onParams?.(params);
  return (
    <Tooltip.Provider>
      <FieldsProvider
        value={{
          type,
          base: "",
          value: (pointer) => valueAt(params, pointer),
          set: (pointer, next) => setParams((before) => setAt(before, pointer, next)),
          issuesAt: () => [],
          envAt: () => ({ roots: {} }),
          nodeName: (id) => id,
          flows: [],
          directory: { roles: [], groups: [], people: [] },
          Field: ParamField,
        }}
      >
        {children}
      </FieldsProvider>
    </Tooltip.Provider>
  );
}

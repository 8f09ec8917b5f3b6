import { useState } from "react";

/** Keys of rows that stay with a row when it gets another name, and move with it. */
export interface RowKeys {
  readonly keyOf: (name: string) => number;
  readonly renamed: (from: string, to: string) => void;
}

export function useRowKeys(): RowKeys {
  const [keys] = useState(() => new Map<string, number>());
  const [next] = useState(() => ({ key: 0 }));
  return {
    keyOf: (name) => {
      const key = keys.get(name) ?? next.key++;
      keys.set(name, key);
      return key;
    },
    renamed: (from, to) => {
      const key = keys.get(from);
      keys.delete(from);
      if (key !== undefined) keys.set(to, key);
    },
  };
}

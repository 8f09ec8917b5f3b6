/** Edges take the focus as cards do; among the ids of cards they stand as `edge:id`. */
export const edgeFocus = (edge: string): string => `edge:${edge}`;
export const edgeOf = (id: string): string | undefined => (id.startsWith("edge:") ? id.slice(5) : undefined);

/** An edge with its port written out. */
export interface GraphEdge {
  /** JSON pointer to it. */
  readonly pointer: string;
  readonly from: string;
  readonly port: string;
  readonly to: string;
}

/** Two edges with one key are the same edge. Ids hold no blanks. */
export function edgeKey(edge: GraphEdge): string {
  return `${edge.from} ${edge.port} ${edge.to}`;
}

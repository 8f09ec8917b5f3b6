/** What a request may hold. Larger is refused with its code before anything is done. */
export const API_LIMITS = {
  /** Bytes of a request's body. */
  requestBytes: 32 * 1024 * 1024,
  /** Events in one request. */
  events: 10_000,
  /** Levels of nesting of a request's JSON. */
  depth: 128,
  /** Milliseconds that a request may wait for a run to end. */
  waitMs: 300_000,
} as const;

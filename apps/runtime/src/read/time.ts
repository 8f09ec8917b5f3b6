/** Queries give times as milliseconds since the epoch; the API tells them as ISO 8601 in UTC. */
export const iso = (ms: number): string => new Date(ms).toISOString();

export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

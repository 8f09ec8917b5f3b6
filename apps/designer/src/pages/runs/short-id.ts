/** The end of a run's id, which tells runs apart for people: the beginning is the time. The search finds it. */
export const shortId = (id: string): string => id.replaceAll("-", "").slice(-6).toUpperCase();

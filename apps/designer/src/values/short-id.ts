/** The end of a run's id, by which people tell runs apart on every page: the beginning is the time. The search finds it. */
export const shortId = (id: string): string => id.replaceAll("-", "").slice(-6).toUpperCase();

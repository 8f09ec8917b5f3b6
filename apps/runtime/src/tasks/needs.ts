import type { StoredTask } from "../store/tasks.ts";

/** Whether some answer takes more than one person. */
export const needsSeveral = ({ needs }: Pick<StoredTask, "needs">): boolean => Object.values(needs).some((n) => n > 1);

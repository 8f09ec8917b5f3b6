/** Kills are spawned processes: more of them at a time only take each other's processor. */
const MAX = 2;
const waiting: (() => void)[] = [];
let running = 0;

export async function twoAtATime(work: () => Promise<void>): Promise<void> {
  // Whoever ends hands its place on, so that nobody can come in between.
  if (running < MAX) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

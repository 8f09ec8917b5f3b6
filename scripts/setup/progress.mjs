/** How often progress is shown: a terminal redraws one line, a log gets a line of its own. */
const TERMINAL_INTERVAL_MS = 500;
const LOG_INTERVAL_MS = 10_000;

/**
 * Progress goes to standard error, so that standard output holds only what a command prints.
 *
 * @param {string} title
 * @param {(seconds: number) => string} tell How far it is.
 */
export function startProgress(title, tell) {
  const terminal = process.stderr.isTTY && process.env["CI"] === undefined;
  const startedAt = Date.now();
  const show = () => {
    const line = tell(Math.round((Date.now() - startedAt) / 1000));
    process.stderr.write(terminal ? `\r\u001B[K${line}` : `${line}\n`);
  };
  process.stderr.write(`${title}\n`);
  const timer = setInterval(show, terminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      if (terminal) process.stderr.write("\r\u001B[K");
    },
  };
}

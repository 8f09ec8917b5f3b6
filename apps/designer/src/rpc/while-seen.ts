/**
 * Live views are open while the page is seen: a browser has six connections to a server for all its tabs together, and
 * tabs that nobody looks at would take them from the one somebody works with.
 */

/** Milliseconds from the end of one to the next try, doubled up to the most while none of them begins. */
const FIRST = 1_000;
const MOST = 30_000;

export interface LiveView {
  /** It is told what comes. */
  readonly begun: () => void;
  /** It will be told nothing more, whatever the reason: a server that is just starting refuses for good. */
  readonly ended: () => void;
}

/**
 * Opens a live view, and again whenever it has ended or the page is seen again. What happened meanwhile the server tells
 * whoever begins.
 *
 * @returns closes it for good
 */
export function whileSeen(open: (view: LiveView) => () => void): () => void {
  let close: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST;
  const end = (): void => {
    clearTimeout(timer);
    const last = close;
    close = undefined;
    last?.();
  };
  const begin = (): void => {
    end();
    let over = false;
    const stop = open({
      begun: () => {
        wait = FIRST;
      },
      ended: () => {
        if (over) return;
        over = true;
        timer = setTimeout(begin, wait);
        wait = Math.min(wait * 2, MOST);
      },
    });
    close = () => {
      over = true;
      stop();
    };
  };
  const look = (): void => {
    if (document.visibilityState === "hidden") end();
    else if (close === undefined) begin();
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    end();
  };
}

import { useEffect, useState } from "react";

/** Nothing is asked while somebody types, in milliseconds. */
const SETTLED = 300;

/**
 * The answer to a question that is dear, once it is there.
 * @param ask of the same identity for as long as the question is the same; absent: nothing is asked
 * @param until what stands for the answer until then; that to an older question does as well
 */
export function useAside<Value>(ask: (() => Promise<Value>) | undefined, until: Value): Value {
  const [answer, setAnswer] = useState(until);
  useEffect(() => {
    if (ask === undefined) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      void ask().then((value) => {
        if (!isOver) setAnswer(value);
      });
    }, SETTLED);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [ask]);
  return answer;
}

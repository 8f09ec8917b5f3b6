/** The element at a position that is known to be there: positions come from the plan that made the list. */
export function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) {
    throw new RangeError(`There is no element ${index} in a list of ${list.length}`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- just checked; `undefined` may be an element
  return list[index] as T;
}

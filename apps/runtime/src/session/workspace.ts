/** There is one until there are several. */
export const WORKSPACE = 1;

/** US dollars, and the millionths of them that the books count in. */
export const toMillionths = (dollars: number): number => Math.round(dollars * 1_000_000);
export const toDollars = (millionths: number): number => millionths / 1_000_000;

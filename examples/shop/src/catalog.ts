/** What the shop has sold: the same twenty orders of five customers on every machine. */

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface OrderLine {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  /** For one piece, in the order's currency. */
  readonly price: number;
}

export interface Order {
  /** `ORD-1001` to `ORD-1020` */
  readonly id: string;
  readonly customerId: string;
  readonly customer: Customer;
  readonly items: readonly OrderLine[];
  /** The sum of the lines: what the customer has paid. */
  readonly total: number;
  /** ISO 4217 */
  readonly currency: string;
  readonly refundable: boolean;
  /** Why it is not refundable. */
  readonly note?: string;
  /** ISO 8601 */
  readonly paidAt: string;
}

export const CUSTOMERS: readonly Customer[] = [
  { id: "C-1", name: "Olena Kovalenko", email: "olena@example.com" },
  { id: "C-2", name: "Marcus Lindqvist", email: "marcus@example.com" },
  { id: "C-3", name: "Aiko Tanaka", email: "aiko@example.com" },
  { id: "C-4", name: "Priya Raman", email: "priya@example.com" },
  { id: "C-5", name: "Tom O’Neill", email: "tom@example.com" },
];

type Row = readonly [customer: string, currency: string, lines: string, note?: string];

/** Lines as `sku quantity×price`. An order with a note is not refundable. */
const ROWS: readonly Row[] = [
  ["C-1", "EUR", "lamp 1×89.90, bulb 3×6.50"],
  ["C-2", "EUR", "chair 2×149.00"],
  ["C-3", "JPY", "kettle 1×12800"],
  ["C-4", "USD", "giftcard 1×50.00", "Gift cards are not refundable."],
  ["C-5", "GBP", "desk 1×420.00, lamp 1×79.00"],
  ["C-1", "UAH", "blanket 2×1249.50"],
  ["C-2", "EUR", "shelf 1×39.95"],
  ["C-3", "JPY", "chair 1×24900, bulb 4×980"],
  ["C-4", "USD", "lamp 1×99.99", "Bought more than 90 days ago."],
  ["C-5", "GBP", "kettle 1×64.50"],
  ["C-1", "EUR", "desk 1×499.00"],
  ["C-2", "EUR", "blanket 1×45.25, bulb 2×6.50"],
  ["C-3", "JPY", "giftcard 1×10000", "Gift cards are not refundable."],
  ["C-4", "USD", "shelf 3×44.00"],
  ["C-5", "GBP", "chair 4×129.00"],
  ["C-1", "UAH", "kettle 1×2899.00"],
  ["C-2", "EUR", "lamp 2×89.90"],
  ["C-3", "JPY", "desk 1×58000", "Made to measure."],
  ["C-4", "USD", "desk 1×549.00, chair 1×159.00"],
  ["C-5", "GBP", "bulb 1×5.75"],
];

const TITLES: { readonly [sku: string]: string } = {
  lamp: "Reading lamp",
  bulb: "Warm light bulb",
  chair: "Oak chair",
  kettle: "Kettle",
  giftcard: "Gift card",
  desk: "Writing desk",
  blanket: "Wool blanket",
  shelf: "Wall shelf",
};

export const ORDERS: readonly Order[] = ROWS.map(toOrder);

export function findOrder(id: string): Order | undefined {
  return ORDERS.find((order) => order.id === id);
}

/** How many digits an amount of the currency has after its point. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function toOrder([customerId, currency, lines, note]: Row, index: number): Order {
  const customer = CUSTOMERS.find(({ id }) => id === customerId);
  if (customer === undefined) throw new Error(`No customer ${customerId}`);
  const items = lines.split(", ").map(toLine);
  const sum = items.reduce((total, { quantity, price }) => total + quantity * price, 0);
  return {
    id: `ORD-${1001 + index}`,
    customerId,
    customer,
    items,
    total: Number(sum.toFixed(currencyDigits(currency))),
    currency,
    refundable: note === undefined,
    ...(note === undefined ? {} : { note }),
    paidAt: new Date(Date.UTC(2026, 0, 5 + 3 * index, 9, 30)).toISOString(),
  };
}

function toLine(text: string): OrderLine {
  const [, sku, quantity, price] = /^(\w+) (\d+)×([\d.]+)$/.exec(text) ?? [];
  if (sku === undefined) throw new Error(`Not an order line: ${text}`);
  return { sku, title: TITLES[sku] ?? sku, quantity: Number(quantity), price: Number(price) };
}

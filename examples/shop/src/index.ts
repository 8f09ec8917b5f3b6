export type { HoldfastConnection } from "./bank.ts";
export { type Customer, type Order, type OrderLine, CUSTOMERS, ORDERS } from "./catalog.ts";
export type { Mail } from "./mailbox.ts";
export type { Refund } from "./ledger.ts";
export { type Shop, type ShopOptions, startShop } from "./start-shop.ts";

import { html } from "hono/html";
import { ORDERS, type Order } from "../catalog.ts";
import type { Refund } from "../ledger.ts";
import { type Html, layout } from "./layout.ts";

/** All orders with what became of their refunds. `bank`: whether the bank can tell Holdfast of a settlement. */
export function ordersPage({ refunds, bank }: { refunds: readonly Refund[]; bank: boolean }): Html {
  const rows = ORDERS.map((order) =>
    row(
      order,
      refunds.filter(({ orderId }) => orderId === order.id),
      bank,
    ),
  );
  return layout(
    "/",
    "Orders",
    html`<p>
        What the shop sold and what it paid back. A refund is accepted by the payment service at once; the bank settles
        it when you say so.
      </p>
      <div class="scroll" role="region" aria-label="Orders" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Customer</th>
              <th scope="col">Items</th>
              <th scope="col" class="number">Total</th>
              <th scope="col">Refund</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>`,
  );
}

function row(order: Order, refunds: readonly Refund[], bank: boolean): Html {
  const items = order.items.map(({ quantity, title }) => (quantity > 1 ? `${quantity} × ${title}` : title)).join(", ");
  return html`<tr>
    <th scope="row">${order.id}</th>
    <td>${order.customer.name} <span class="quiet">${order.customerId}</span></td>
    <td>${items}</td>
    <td class="number">${money(order.total, order.currency)}</td>
    <td>${refunds.length > 0 ? refunds.map((refund) => stateOf(refund, bank)) : noRefund(order)}</td>
  </tr>`;
}

function noRefund({ refundable, note }: Order): Html {
  return html`<span class="quiet">${refundable ? "None" : (note ?? "Not refundable.")}</span>`;
}

function stateOf({ refundId, amount, currency, status }: Refund, bank: boolean): Html {
  const button = html`<form method="post" action="/bank/settle">
    <input type="hidden" name="refundId" value="${refundId}" />
    <button aria-label="Settle refund ${refundId}">Settle</button>
  </form>`;
  return html`<div class="refund">
    <span class="${status}">${status === "settled" ? "✓ Settled" : "◷ Accepted"}, ${money(amount, currency)}</span>
    <span class="quiet">${refundId}</span>
    ${status === "accepted" && bank ? button : ""}
  </div>`;
}

function money(amount: number, currency: string): string {
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount);
}

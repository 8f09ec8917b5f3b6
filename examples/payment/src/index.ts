/** Node types of the shop's payment service. */
export { refundPayment } from "./refund-payment.ts";

/**
 * The shop as a process of its own.
 *
 *     node src/main.ts --port 4010 --smtp-port 2525 --data .holdfast/shop.jsonl
 *
 * Secrets come from the environment: SHOP_PAYMENT_TOKEN, and for the bank HOLDFAST_URL with HOLDFAST_API_KEY.
 */
import { parseArgs } from "node:util";
import { startShop } from "./start-shop.ts";

const { values } = parseArgs({
  options: {
    host: { type: "string" },
    port: { type: "string" },
    "smtp-port": { type: "string" },
    data: { type: "string" },
  },
});
const { SHOP_PAYMENT_TOKEN: paymentToken, HOLDFAST_URL: url, HOLDFAST_API_KEY: apiKey } = process.env;

try {
  const shop = await startShop({
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: portFrom(values.port) }),
    ...(values["smtp-port"] !== undefined && { smtpPort: portFrom(values["smtp-port"]) }),
    ...(values.data !== undefined && { dataFile: values.data }),
    ...(paymentToken !== undefined && { paymentToken }),
    ...(url !== undefined && apiKey !== undefined && { holdfast: { url, apiKey } }),
  });
  process.stdout.write(`${JSON.stringify({ url: shop.url, smtpUrl: shop.smtpUrl })}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void shop.close());
  }
} catch (error) {
  process.stderr.write(`The shop can't start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${text} is not a port.`);
}

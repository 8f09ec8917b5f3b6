/** Purchases for the pictures of the inbox: votes, claims, files, priorities, and what is overdue. */
import { purchaseFlow, requestPurchase } from "../../e2e/support/purchases.ts";
import type { Runtime } from "../../e2e/support/runtime.ts";

export interface InboxSample {
  /** Two have to agree, one has; it has a discussion and files. */
  readonly voted: string;
  /** Somebody else has it. */
  readonly claimed: string;
  /** The manager asked for it. */
  readonly own: string;
}

const NOTE = "Quote 2291\nTrail packs, 40 litres, grey: 12 pieces at 48.00\nDelivery within two weeks.\n";
/** A small grey square. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGNoaGjAihgGlQQANGxQAVhr9yUAAAAASUVORK5CYII=";

export async function makePurchases(runtime: Runtime): Promise<InboxSample> {
  await runtime.api(
    "PUT",
    "/flows/purchases",
    purchaseFlow("purchases", {
      description: "Over 1,000 two of us have to agree. Frame contracts run for a year.",
      needs: { approved: 2 },
      reasonFor: ["rejected"],
      priority: "high",
      due: "3d",
      reminders: ["2d"],
      escalation: [{ after: "5d", assignTo: { groups: ["finance"] } }],
      notRequester: true,
    }),
  );
  await runtime.api("PUT", "/flows/orders", {
    ...purchaseFlow("orders", { priority: "urgent", due: "1d" }, "14d"),
    name: "Small orders",
  });
  const large = await requestPurchase(runtime, "purchases", "Nordweave AB", { amount: 18_400 });
  await requestPurchase(runtime, "purchases", "Kovalenko Ltd", { amount: 2_150 });
  const claimed = await requestPurchase(runtime, "orders", "Tarn & Co", { amount: 219 });
  const own = await requestPurchase(runtime, "purchases", "Alpine Club Kyiv", { amount: 1_280, by: "Milo" });
  for (const [n, supplier] of ["Jonas Weber", "Ines Duarte", "Tom Hadley", "Aino Laine"].entries()) {
    await requestPurchase(runtime, "orders", supplier, { amount: 38 + 26.5 * n });
  }
  await runtime.api("POST", `/tasks/${large.task}/comments`, {
    text: "They have been our supplier since 2021, and the price holds until Friday.",
  });
  for (const [name, type, content] of [
    ["quote-2291.txt", "text/plain", Buffer.from(NOTE).toString("base64")],
    ["sample.png", "image/png", PICTURE],
  ]) {
    await runtime.api("POST", `/tasks/${large.task}/files`, { name, type, content });
  }
  await runtime.api("POST", `/tasks/${large.task}/decision`, { outcome: "approved", comment: "Fine with me." });
  await runtime.api("POST", `/tasks/${claimed.task}/claim`);
  return { voted: large.task, claimed: claimed.task, own: own.task };
}

/** How a node signs in: chosen among what is stored, and allowed to the flow by whoever may. */
import { expectAccessible } from "./support/axe.ts";
import { inspector, openDesigner, saved } from "./support/flows.ts";
import { expect, test } from "./support/test.ts";

const FLOW = "tell-the-courier";

test("a stored credential is chosen by its name, and granted to the flow where it is missing", async ({
  page,
  runtime,
  signIn,
}) => {
  await runtime.api("PUT", `/flows/${FLOW}`, {
    dsl: 1,
    id: FLOW,
    name: "Tell the courier",
    triggers: [{ type: "call" }],
    nodes: {
      tell: {
        type: "http.request",
        name: "Tell the courier",
        params: { method: "POST", url: "https://courier.example/" },
      },
    },
    edges: [
      { from: "start", to: "tell" },
      { from: "tell", to: "end" },
    ],
  });
  await runtime.api("PUT", "/credentials/courier", {
    value: { type: "bearer", token: "courier-secret-4711" },
    flows: [],
    hosts: ["courier.example"],
  });
  await runtime.api("PUT", "/credentials/a-mail-server", { value: { type: "smtp", url: "smtp://u:p@mail.example" } });

  await signIn("Ada");
  await openDesigner(page, FLOW, "?node=tell");
  await page.locator('[data-node="tell"]').click();
  const field = inspector(page).locator('[data-field="/nodes/tell/credential"]');
  await field.getByRole("combobox").click();
  await expect(page.getByRole("option", { name: /courier/ })).toContainText("Bearer token, not for this flow yet");
  await expect(page.getByRole("option", { name: /a-mail-server/ })).toHaveCount(0);
  await page.getByRole("option", { name: /courier/ }).click();
  await expect(field).toContainText("This flow may not use “courier” yet");
  await expect(field).toContainText("A developer allows it under Connections.");
  await expect(field.getByRole("button", { name: "Let this flow use it" })).toHaveCount(0);
  await saved(page);
  await expectAccessible(page);

  // One of the environment is told by its name.
  await field.getByRole("combobox").fill("elsewhere");
  await page.getByRole("option", { name: /elsewhere/ }).click();
  await expect(field).toContainText("HOLDFAST_CREDENTIAL_ELSEWHERE");
  await field.getByRole("combobox").fill("courier");
  await page.getByRole("option", { name: /courier/ }).click();
  await saved(page);
  expect(await page.content()).not.toContain("courier-secret-4711");

  await signIn("Marta");
  await openDesigner(page, FLOW);
  await page.locator('[data-node="tell"]').click();
  await field.getByRole("button", { name: "Let this flow use it" }).click();
  await expect(field).toContainText("It is sent to courier.example alone.");
  await expect(field.getByRole("combobox")).toHaveValue("courier");
});

/** Whoever calls Holdfast from elsewhere: kept-alive connections, one request at a time on each. */
import { Agent, request } from "node:http";
import { closedLoop, type Load, type LoadResult } from "../../load/closed-loop.ts";
import { serve } from "../../process/serve.ts";

interface Order {
  readonly url: URL;
  readonly apiKey: string;
  readonly agent: Agent;
}

/** Starts a run and waits for its end, in one request. @throws if it did not complete. */
function startAndAwait({ url, apiKey, agent }: Order): Promise<void> {
  const body = '{"input":{}}';
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent,
        headers: {
          authorization: `Bearer ${apiKey}`,
          "content-type": "application/json",
          "content-length": body.length,
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 201 && text.includes('"status":"completed"')) resolve();
          else reject(new Error(`HTTP ${response.statusCode ?? "?"}: ${text.slice(0, 500)}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

export const methods = {
  async load({ url, apiKey, ...load }: Load & { url: string; apiKey: string }): Promise<LoadResult> {
    const agent = new Agent({ keepAlive: true, maxSockets: load.at });
    const address = new URL("/api/v1/flows/five-steps/runs?wait=30s", url);
    try {
      return await closedLoop(load, () => startAndAwait({ url: address, apiKey, agent }));
    } finally {
      agent.destroy();
    }
  },
};

serve(methods);

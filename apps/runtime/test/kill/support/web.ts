/** A place on the web that knows no keys: a chat's webhook, and a list of one page. It outlives every kill. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";

export type Verdict = "silence" | "answer" | { readonly refuse: number };

export class Web implements AsyncDisposable {
  /** Paths that were answered, in order. */
  readonly answered: string[] = [];
  judge: () => Verdict = () => "answer";
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, response) => {
      const { url = "/" } = request;
      request.resume().once("end", () => {
        const verdict = this.judge();
        if (verdict === "silence") return;
        if (verdict !== "answer") {
          response.writeHead(verdict.refuse).end();
          return;
        }
        this.answered.push(url);
        // What Slack says, and what a list of one item is.
        if (url === "/chat") response.writeHead(200, { "content-type": "text/plain" }).end("ok");
        else response.writeHead(200, { "content-type": "application/json" }).end('[{"n":1}]');
      });
    });
  }

  static async open(): Promise<Web> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Web(server);
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
    return `http://127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

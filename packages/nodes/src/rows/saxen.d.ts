declare module "saxen" {
  /** Knows no document type: neither entities of its own nor anything from outside. */
  export class Parser {
    on(
      event: "openTag",
      listener: (
        name: string,
        attributes: () => { readonly [name: string]: string },
        decode: (text: string) => string,
      ) => void,
    ): this;
    on(event: "closeTag", listener: (name: string) => void): this;
    on(event: "text", listener: (text: string, decode: (text: string) => string) => void): this;
    on(event: "cdata", listener: (text: string) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    parse(xml: string): void;
  }
}

/** Bodies that end when they get too large. */
import { OutboundError } from "./error.ts";

/**
 * The same bytes, up to `limit`; then the stream fails with `response_too_large`. Counts after decompression, so
 * that a small answer that unpacks to a huge one is cut off as well.
 */
export function limitBody(body: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array> {
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limit) {
          controller.error(
            new OutboundError("response_too_large", `The answer is larger than ${limit} bytes.`, { sent: true }),
          );
        } else {
          controller.enqueue(chunk);
        }
      },
    }),
  );
}

const PIECE_BYTES = 64 * 1024;

/**
 * Content as a stream that its reader pulls, piece by piece, with its length. A response copies a content that it is
 * given as bytes: a dozen slow readers of 16 MB would take more than the isolate's memory. A response that is given a
 * stream holds a piece or two, and all share the content.
 */
export function inPieces(content: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  const pieces = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(content.slice(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
        if (at >= content.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  // The runtime sends the length of this stream as Content-Length.
  const { readable, writable } = new FixedLengthStream(content.length);
  // It fails when the client goes away. Then nobody is left to be told.
  pieces.pipeTo(writable).catch(() => {});
  return readable;
}

import {
  encodeFrame,
  FrameReader,
  FrameType,
  PREFACE,
  unpadded,
  type Frame,
} from "../../../lib/terraform-plugin/http2/frames";

const framesOf = (chunks: readonly Buffer[]): Frame[] => {
  const reader = new FrameReader();
  const frames: Frame[] = [];
  for (const chunk of chunks) reader.push(chunk, (frame) => frames.push(frame));
  return frames;
};

describe("a client", () => {
  it("that speaks something else is told at its first wrong byte", () => {
    expect(() => framesOf([Buffer.from("GET")])).toThrow(/does not speak HTTP\/2/);
    expect(() => framesOf([Buffer.from("PRI * HTTP/2.0\r\n\r\nXX")])).toThrow(/does not speak HTTP\/2/);
  });

  it("that sends a larger frame than it may is not listened to until it ends", () => {
    expect(() => framesOf([PREFACE, Buffer.from("004001000000000001", "hex")])).toThrow(/16385 bytes/);
  });
});

describe("frames", () => {
  const sent = [
    encodeFrame(FrameType.headers, 4, 1, Buffer.from("headers")),
    encodeFrame(FrameType.data, 0, 1, Buffer.alloc(0)),
    encodeFrame(FrameType.data, 1, 0x7fff_ffff, Buffer.alloc(16_384, 7)),
  ];
  const whole = Buffer.concat([PREFACE, ...sent]);

  it.each([1, 2, 9, 23, 24, 25, 4_096, whole.length])("are the same in pieces of %i bytes", (size) => {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
      whole.subarray(index * size, (index + 1) * size),
    );
    expect(framesOf(pieces)).toEqual([
      { type: FrameType.headers, flags: 4, stream: 1, payload: Buffer.from("headers") },
      { type: FrameType.data, flags: 0, stream: 1, payload: Buffer.alloc(0) },
      { type: FrameType.data, flags: 1, stream: 0x7fff_ffff, payload: Buffer.alloc(16_384, 7) },
    ]);
  });

  it("leave the reserved bit of a stream's number out", () => {
    const reserved = encodeFrame(FrameType.ping, 0, 0x8000_0003, Buffer.alloc(8));
    expect(framesOf([PREFACE, reserved])[0]!.stream).toBe(3);
  });
});

describe("padding", () => {
  const padded = (payload: string) => unpadded({ type: 0, flags: 8, stream: 1, payload: Buffer.from(payload, "hex") });

  it("is taken off, and may be all there is", () => {
    expect(padded("0261620000")).toEqual(Buffer.from("ab"));
    expect(padded("020000")).toHaveLength(0);
    expect(padded("00")).toHaveLength(0);
  });

  it("cannot be longer than its frame", () => {
    expect(() => padded("030000")).toThrow(/padded beyond/);
    expect(() => padded("")).toThrow(/padded beyond/);
  });
});

import { HeaderDecoder } from "../../../lib/terraform-plugin/http2/header-decoder";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("blocks that are none", () => {
  it.each([
    ["a header that nobody has told", "be"],
    ["header zero", "80"],
    ["a table beyond the limit", "3f e2 1f"],
    ["a table that changes after a header", "82 20"],
    ["a text that goes beyond the end", "00 05 61"],
    ["a number without an end", "ff ff ff ff ff ff ff ff"],
    ["a number that is cut", "ff"],
    ["a name without a value", "00 01 61"],
  ])("%s", (_what, bytes) => {
    expect(() => new HeaderDecoder().decode(hex(bytes))).toThrow(/cannot be read/);
  });
});

describe("blocks of one connection", () => {
  // https://www.rfc-editor.org/rfc/rfc7541#appendix-C.4
  it("refer to what earlier ones said", () => {
    const decoder = new HeaderDecoder();
    const common = [
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "www.example.com"],
    ];
    expect(decoder.decode(hex("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))).toEqual(common);
    expect(decoder.decode(hex("8286 84be 5886 a8eb 1064 9cbf"))).toEqual([...common, ["cache-control", "no-cache"]]);
    expect(decoder.decode(hex("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))).toEqual([
      [":method", "GET"],
      [":scheme", "https"],
      [":path", "/index.html"],
      [":authority", "www.example.com"],
      ["custom-key", "custom-value"],
    ]);
  });

  it("forget the oldest header when the table is full", () => {
    const decoder = new HeaderDecoder();
    // 32 bytes each beside the text: sixty-two headers of 66 bytes fit into 4,096, the first is then gone.
    const block = (index: number) =>
      Buffer.concat([
        Buffer.of(0x40, 4),
        Buffer.from(`n${String(index).padStart(3, "0")}`),
        Buffer.of(30),
        Buffer.alloc(30, 0x76),
      ]);
    for (let index = 0; index < 63; index += 1) decoder.decode(block(index));
    expect(decoder.decode(hex("be"))).toEqual([["n062", "v".repeat(30)]]);
    expect(decoder.decode(Buffer.of(0x80 | 123))).toEqual([["n001", "v".repeat(30)]]);
    expect(() => decoder.decode(Buffer.of(0x80 | 124))).toThrow(/no header 124/);
  });

  it("forget all of it when the client makes the table empty, and remember anew", () => {
    const decoder = new HeaderDecoder();
    decoder.decode(hex("4001 6101 62"));
    expect(decoder.decode(hex("20"))).toEqual([]);
    expect(() => decoder.decode(hex("be"))).toThrow(/no header 62/);
    decoder.decode(hex("3f e1 1f 4001 6301 64"));
    expect(decoder.decode(hex("be"))).toEqual([["c", "d"]]);
  });

  it("do not remember what is not to be indexed", () => {
    const decoder = new HeaderDecoder();
    expect(decoder.decode(hex("0001 6101 62 1001 6301 64"))).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(() => decoder.decode(hex("be"))).toThrow(/no header 62/);
  });
});

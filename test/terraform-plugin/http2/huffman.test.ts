import { decodeHuffman } from "../../../lib/terraform-plugin/http2/huffman";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("texts that are none", () => {
  it.each([
    ["the end of a text inside it", "ff ff ff ff"],
    ["padding that is not the beginning of the end", "06"],
    ["more padding than a byte has", "f1 e3 c2 e5 f2 3a 6b a0 ab 90 f4 ff ff"],
    ["a code that is cut", "fe"],
  ])("%s", (_what, bytes) => {
    expect(() => decodeHuffman(hex(bytes))).toThrow(/not in the code/);
  });
});

describe("texts", () => {
  // https://www.rfc-editor.org/rfc/rfc7541#appendix-C.4 and C.6
  it.each([
    ["www.example.com", "f1e3 c2e5 f23a 6ba0 ab90 f4ff"],
    ["no-cache", "a8eb 1064 9cbf"],
    ["custom-value", "25a8 49e9 5bb8 e8b4 bf"],
    ["302", "6402"],
    ["Mon, 21 Oct 2013 20:13:21 GMT", "d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff"],
    ["https://www.example.com", "9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3"],
    ["", ""],
  ])("%s", (text, bytes) => {
    expect(decodeHuffman(hex(bytes))).toBe(text);
  });
});

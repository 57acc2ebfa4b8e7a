import { ConnectionError, ErrorCode } from "./frames";

/**
 * The prefix code of header texts. It is canonical: the codes of one length follow each other in the order of their
 * symbols, so that the lengths say everything.
 * @see https://www.rfc-editor.org/rfc/rfc7541#appendix-B
 */

/** The symbols of each code length in bits; `[from, to]` is a range. 256 is the end of a text. */
const SYMBOLS_BY_LENGTH: Readonly<Record<number, readonly (number | readonly [number, number])[]>> = {
  5: [[48, 50], 97, 99, 101, 105, 111, 115, 116],
  6: [32, 37, [45, 47], [51, 57], 61, 65, 95, 98, 100, [102, 104], [108, 110], 112, 114, 117],
  7: [58, [66, 87], 89, 106, 107, 113, 118, [119, 122]],
  8: [38, 42, 44, 59, 88, 90],
  10: [33, 34, 40, 41, 63],
  11: [39, 43, 124],
  12: [35, 62],
  13: [0, 36, 64, 91, 93, 126],
  14: [94, 125],
  15: [60, 96, 123],
  19: [92, 195, 208],
  20: [128, 130, 131, 162, 184, 194, 224, 226],
  21: [153, 161, 167, 172, 176, 177, 179, 209, 216, 217, 227, 229, 230],
  22: [
    129,
    [132, 134],
    136,
    146,
    154,
    156,
    160,
    163,
    164,
    169,
    170,
    173,
    178,
    181,
    [185, 187],
    189,
    190,
    196,
    198,
    228,
    232,
    233,
  ],
  23: [
    1,
    135,
    [137, 141],
    143,
    147,
    [149, 152],
    155,
    157,
    158,
    165,
    166,
    168,
    174,
    175,
    180,
    182,
    183,
    188,
    191,
    197,
    231,
    239,
  ],
  24: [9, 142, 144, 145, 148, 159, 171, 206, 215, 225, 236, 237],
  25: [199, 207, 234, 235],
  26: [[192, 193], [200, 202], 205, 210, 213, 218, 219, 238, 240, 242, 243, 255],
  27: [203, 204, 211, 212, 214, [221, 223], 241, [244, 248], [250, 254]],
  28: [[2, 8], 11, 12, [14, 21], [23, 31], 127, 220, 249],
  30: [10, 13, 22, 256],
};

const END = 256;
const LONGEST_PADDING = 7;

/** A node of the code's tree: its successors for a 0 and a 1. A number is a symbol. */
type Node = [Node | number | undefined, Node | number | undefined];

let tree: Node | undefined;

/**
 * Decodes a text, one character for each byte.
 *
 * @throws ConnectionError when the bytes are not a valid code
 */
export function decodeHuffman(bytes: Buffer): string {
  const root = (tree ??= grow());
  let text = "";
  let node = root;
  let since = 0;
  let onlyOnes = true;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const one = (byte >> bit) & 1;
      const next = node[one];
      since += 1;
      onlyOnes &&= one === 1;
      if (typeof next === "object") {
        node = next;
        continue;
      }
      if (next === undefined || next === END) throw invalid();
      text += String.fromCharCode(next);
      node = root;
      since = 0;
      onlyOnes = true;
    }
  }
  // The rest of the last byte is filled with the beginning of the end symbol, which is all ones.
  if (since > LONGEST_PADDING || !onlyOnes) throw invalid();
  return text;
}

const invalid = () => new ConnectionError(ErrorCode.compression, "a header's text is not in the code of RFC 7541");

function grow(): Node {
  const root: Node = [undefined, undefined];
  let code = 0;
  let before = 0;
  for (const [length, symbols] of Object.entries(SYMBOLS_BY_LENGTH)) {
    code <<= Number(length) - before;
    before = Number(length);
    for (const symbol of symbols.flatMap(range)) put(root, code++, Number(length), symbol);
  }
  return root;
}

function range(symbols: number | readonly [number, number]): number[] {
  if (typeof symbols === "number") return [symbols];
  const [from, to] = symbols;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function put(root: Node, code: number, length: number, symbol: number): void {
  let node = root;
  for (let bit = length - 1; bit > 0; bit -= 1) {
    const way = (code >> bit) & 1;
    const next = (node[way] ??= [undefined, undefined]);
    // The code is prefix-free: no symbol stands where another code continues.
    node = next as Node;
  }
  node[code & 1] = symbol;
}

import { spelled, type Decoding } from "../../lib/core/spelling";

const DECODINGS: readonly Decoding[] = ["nothing", "escapes", "quoted-printable"];
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** Drawn as nothing, and so left out: what stands beside it is read character by character. */
const INVISIBLE = "\u2060";

describe.each(DECODINGS)("spelled, decoding %s", (decoding) => {
  test.each(["a", "  ", " ", "="])("reads a text that is written plainly as every other one, beside %j", (beside) => {
    for (const one of ASCII) {
      const text = `Secret ${one}${beside}Word`;
      const [plain, read] = [spelled(text, decoding), spelled(INVISIBLE + text, decoding)];
      expect([one, plain.text]).toEqual([one, read.text]);
      const [start, end] = read.rangeOf(0, read.text.length);
      expect(plain.rangeOf(0, plain.text.length)).toEqual([start - INVISIBLE.length, end - INVISIBLE.length]);
    }
  });
});

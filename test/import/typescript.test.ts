import { quoted } from "../../lib/import/typescript";

describe("quoted", () => {
  it.each([
    ["plain", '"plain"'],
    ['say "hi"', `'say "hi"'`],
    [`it's "both"`, `'it\\'s "both"'`],
    [`it's`, `"it's"`],
    ["back\\slash\n", '"back\\\\slash\\n"'],
  ])("writes %j as Prettier would", (text, expected) => expect(quoted(text)).toBe(expected));
});

import {
  escapeUnprintable,
  printable,
  printableBlock,
  printableJson,
  printableLine,
  printableLines,
} from "../../lib/core/printable";
import { expectLinear } from "../support/growth";

it.each([
  ["one\r\ntwo", "one two"],
  ["\n said \t", "said"],
  ["a\u2028b\u0085c", "a b c"],
  ["\u001b[2Jcleared", "⟨U+001B⟩[2Jcleared"],
  ["admin\u202egpj.exe", "admin⟨U+202E⟩gpj.exe"],
  ["pay\u200bpal", "pay⟨U+200B⟩pal"],
  ["\ufeffbom", "⟨U+FEFF⟩bom"],
  ["tag\u{e0041}", "tag⟨U+E0041⟩"],
  ["half \ud83d", "half ⟨U+D83D⟩"],
  ["no\ufffe", "no⟨U+FFFE⟩"],
  ["Ünïcode 名前 😀", "Ünïcode 名前 😀"],
  ["::error::now", ": :error::now"],
  ["::add-mask name=x::now", ": :add-mask name=x::now"],
  ["##[error]now", "# #[error]now"],
  ["see ##vso[task.complete]", "see # #vso[task.complete]"],
  ["###[x]", "## #[x]"],
  ["::1 and ::ffff:192.0.2.1", "::1 and ::ffff:192.0.2.1"],
  ["## [heading]", "## [heading]"],
])("makes %j fit for a terminal", (text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(printable(shown)).toBe(shown);
});

it("cuts what is endless, and no character in two", () => {
  expect(printable("x".repeat(400))).toBe(`${"x".repeat(300)}…`);
  expect(printable("x".repeat(300))).toBe("x".repeat(300));
  expect(printable("a😀b", 2)).toBe("a…");
  for (const length of [2, 3, 4, 5, 8]) expect(printable("a\u202eb", length)).toBe("a…");
  expect(printable("😀\u202eand so on", 12)).toBe("😀⟨U+202E⟩an…");
});

it("keeps blanks where columns stand", () => {
  expect(printableLine("  a  b ")).toBe("  a  b ");
});

it("keeps the lines that are ours, and lets none of them command a pipeline", () => {
  expect(printableLines("a\r\n\tb\rc\n::warning file=x::d\n \u001b[1m\u202e")).toBe(
    "a\n\tb c\n: :warning file=x::d\n ⟨U+001B⟩[1m⟨U+202E⟩",
  );
});

it("sets in what stands below the first line", () => {
  expect(printableBlock("a\nWhat to do: b\n\nc")).toBe("a\n  What to do: b\n\n  c");
});

it("writes JSON that says the same and shows nothing", () => {
  const value = {
    "na\u202eme": [
      "\u001b\u0085\u200b\u2028\u{e0041}\ufeff",
      String.fromCharCode(0xd83d, 0xd800),
      "##[error]",
      "##vso[x]",
      "\\##[y]",
    ],
  };
  for (const indent of [undefined, 2]) {
    const json = printableJson(value, indent);
    expect(JSON.parse(json)).toEqual(value);
    expect(printableLines(json)).toBe(json);
  }
});

it("spells code points as the language has them", () => {
  expect(
    escapeUnprintable(
      "a\u202e\uffff\u{e0041}",
      (unit) => `<${unit}>`,
      (codePoint) => `<<${codePoint}>>`,
    ),
  ).toBe("a<8238><65535><<917569>>");
});

it.each(["\u202e", ":", "::a", "##a", " ", "##", "\n", "::a b"])(
  "takes no longer than the text is long, of %j",
  async (part) => {
    await expectLinear(200_000, (size) => printableLines(part.repeat(size / part.length)));
  },
);

import { cells, layOut } from "../../lib/cli/layout";
import { styled, toned } from "../../lib/core/styled";

const at = (width: number | undefined, colour = false) => ({ width, colour });

describe("lines", () => {
  it("stay as they are where no screen ends", () => {
    const long = "word ".repeat(100);
    expect(layOut(long, at(undefined))).toBe(long);
  });

  it("break between words and go on two cells further in", () => {
    expect(layOut("  one two three four", at(14))).toBe("  one two\n    three four");
  });

  it("fill the screen to its last column", () => {
    expect(layOut("one two", at(7))).toBe("one two");
    expect(layOut("one two", at(6))).toBe("one\n  two");
  });

  it("go on below the last column of a table", () => {
    const row = "ok    TCP   12 ms  connected to the server by its address";
    expect(layOut(row, at(44))).toBe(
      ["ok    TCP   12 ms  connected to the server", "                   by its address"].join("\n"),
    );
  });

  it("use the whole width where the last column would be too narrow", () => {
    expect(layOut("a column of thirty characters    and a second one", at(40))).toBe(
      "a column of thirty characters    and a\n  second one",
    );
  });

  it.each([12, 20, 33, 80])("are never wider than %i cells, and lose no word", (width) => {
    const text = "Got: a b c\n  - several words of which none is long, and  two columns\n\nEnd of it all";
    const shown = layOut(text, at(width)).split("\n");
    for (const line of shown) expect(cells(line)).toBeLessThanOrEqual(width);
    expect(shown.join(" ").split(/\s+/)).toEqual(text.split(/\s+/));
  });

  it("leave a word whole that is longer than the screen: whoever copies an address needs it so", () => {
    const url = "https://example.com/a/long/way";
    expect(layOut(`See ${url} there`, at(12))).toBe(`See\n  ${url}\n  there`);
  });

  it("do not break what people copy", () => {
    expect(layOut("Run `terraform state rm a` now", at(12))).toBe("Run\n  `terraform state rm a`\n  now");
    const command = styled`Next: ${toned("code", "npx cdktf diff --app x")}`;
    expect(layOut(command, at(12))).toBe("Next:\n  npx cdktf diff --app x");
  });

  it("count the signs that take two cells, and those that take none", () => {
    expect([cells("監視"), cells("✅"), cells("e\u0301"), cells("abc")]).toEqual([4, 2, 1, 3]);
  });
});

describe("colours", () => {
  const text = styled`${toned("bad", "WRONG")}  a few words`;

  it("are the tone's, and only where they are wanted", () => {
    expect(layOut(text, at(undefined, true))).toBe("\u001b[31mWRONG\u001b[39m  a few words");
    expect(layOut(text, at(undefined))).toBe("WRONG  a few words");
  });

  it("take no room, and end with each line", () => {
    const long = [toned("strong", "one two")];
    expect(layOut(long, at(5, true))).toBe("\u001b[1mone\u001b[22m\n  \u001b[1mtwo\u001b[22m");
  });
});

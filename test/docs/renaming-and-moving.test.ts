import { readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(__dirname, "../../docs/renaming-and-moving.md");
const blocks = (language: string) =>
  [...readFileSync(PAGE, "utf8").matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text]) => text!,
  );

it("has blocks of every kind that it speaks of", () => {
  const all = blocks("hcl").join("\n");
  for (const kind of ["moved {", "removed {", "import {", "resource "]) expect(all).toContain(kind);
  expect(blocks("ts").join("\n")).toContain(".moveFromId(");
});

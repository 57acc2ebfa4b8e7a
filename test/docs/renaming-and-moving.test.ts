import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformBinary } from "../support/terraform-binary";

const PAGE = join(__dirname, "../../docs/renaming-and-moving.md");
const blocks = (language: string) =>
  [...readFileSync(PAGE, "utf8").matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text]) => text!,
  );

it.each(blocks("hcl").map((text) => [text.split("\n", 2).join(" "), text]))(
  "is HCL as `terraform fmt` leaves it: %s …",
  (_, text) => {
    const directory = mkdtempSync(join(tmpdir(), "outbound-docs-"));
    try {
      writeFileSync(join(directory, "main.tf"), text);
      const { status, stdout, stderr } = spawnSync(terraformBinary, ["fmt", "-check", "-diff", directory], {
        encoding: "utf8",
      });
      expect([status, stdout, stderr.replace(/^.*CLI configuration[\s\S]*$/m, "")]).toEqual([0, "", ""]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

it("has blocks of every kind that it speaks of", () => {
  const all = blocks("hcl").join("\n");
  for (const kind of ["moved {", "removed {", "import {", "resource "]) expect(all).toContain(kind);
  expect(blocks("ts").join("\n")).toContain(".moveFromId(");
});

it("links to headings that exist", () => {
  const text = readFileSync(PAGE, "utf8");
  const anchors = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documentationUrl, HOMEPAGE } from "../../lib/core/documentation";
import { rulePage } from "../../lib/policy/evaluate";
import { rules } from "../../lib/policy/rules";

it("leads to the homepage of the package", () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { homepage: string };
  expect(HOMEPAGE).toBe(manifest.homepage);
});

it.each([
  ["docs/reference/rules/tls-required.md", `${HOMEPAGE}/blob/main/docs/reference/rules/tls-required.md`],
  ["https://example.com/a b(1).html", "https://example.com/a%20b%281%29.html"],
  ["javascript:alert(1)", `${HOMEPAGE}/blob/main/javascript:alert%281%29`],
])("makes of %s a link", (page, url) => expect(documentationUrl(page)).toBe(url));

it("has a page for every rule", () => {
  for (const { id } of rules) expect(existsSync(join(__dirname, "../..", rulePage(id)))).toBe(true);
});

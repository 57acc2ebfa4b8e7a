import { lockedProviders, mergeLockFile } from "../../../lib/package/install";

const own = { source: "registry.terraform.io/a/own", version: "1.0.0", hashes: ["h1:b", "h1:a"] };
const other = { source: "registry.terraform.io/a/other", version: "2.0.0" };

it("never changes an entry of another provider", () => {
  const existing = `provider "${other.source}" {\n  version = "1.9.0"\n  hashes = [\n    "zh:1",\n  ]\n}\n`;
  expect(mergeLockFile(existing, { own: [], others: [other] })).toBe(existing);
});

it("replaces an own entry in place, with what stood around it", () => {
  const existing = `# mine\n\nprovider "${own.source}" {\n  version = "0.9.0"\n}\n\nprovider "x/y/z" {\n  version = "1.0.0"\n}\n`;
  const merged = mergeLockFile(existing, { own: [own], others: [] });
  expect(merged).toBe(
    `# mine\n\nprovider "${own.source}" {\n  version     = "1.0.0"\n  constraints = "1.0.0"\n  hashes = [\n    "h1:a",\n    "h1:b",\n  ]\n}\n\nprovider "x/y/z" {\n  version = "1.0.0"\n}\n`,
  );
});

it("does not take a longer address for its own", () => {
  const existing = `provider "${own.source}-two" {\n  version = "0.9.0"\n}\n`;
  expect(mergeLockFile(existing, { own: [own], others: [] })).toContain(existing.trim());
});

it("writes a new file, and the same file again", () => {
  const first = mergeLockFile(undefined, { own: [own], others: [other] });
  expect(first.match(/^provider /gm)).toHaveLength(2);
  expect(mergeLockFile(first, { own: [own], others: [other] })).toBe(first);
});

it("says what is locked, as it was written", () => {
  const text = mergeLockFile(undefined, { own: [own], others: [other] });
  expect(lockedProviders(text)).toEqual([
    { ...own, hashes: ["h1:a", "h1:b"] },
    { ...other, hashes: [] },
  ]);
});

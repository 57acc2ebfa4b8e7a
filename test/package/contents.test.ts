import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, posix, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, unknown>;

/** Every file that the published package would have. */
let files: ReadonlySet<string>;
beforeAll(() => {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: "pipe" })) as [
    { files: { path: string }[] },
  ];
  files = new Set(packed.files.map(({ path }) => path));
});

/** What a page links to beside it, without anchors. */
function linksOf(page: string): string[] {
  const text = read(page).replace(/^```[^]*?^```/gm, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!.split("#")[0]!)
    .filter((target) => target !== "" && !/^[a-z]+:/i.test(target))
    .map((target) => posix.normalize(posix.join(dirname(page), target)));
}

it("brings everything that its pages link to", () => {
  const pages = [...files].filter((path) => /^(README\.md|docs\/.*\.md)$/.test(path));
  expect(pages.length).toBeGreaterThan(30);
  const folders = new Set(
    [...files].flatMap((path) => path.split("/").map((_, at, all) => all.slice(0, at).join("/"))),
  );
  const missing = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !files.has(target) && !folders.has(target.replace(/\/$/, "")))
      .map((target) => `${page}: ${target}`),
  );
  expect(missing).toEqual([]);
});

it("brings the executables, the examples and the stacks, and nothing of what making them leaves behind", () => {
  for (const path of [
    ...["bin/outbound.js", "dist/provider/terraform-provider-outbound", "dist/provider/terraform-provider-null"],
    ...["outbound.js", "main.js", "page/index.html", "THIRD-PARTY-NOTICES.txt"].map((file) => `dist/cli/${file}`),
    // What others wrote of the executables must come with its licences.
    ...["outbound", "null"].flatMap((name) =>
      ["THIRD-PARTY-NOTICES.txt", "cdx.json"].map((end) => `dist/provider/terraform-provider-${name}.${end}`),
    ),
    ...["stacks/main.ts", "examples/ovh-vrops-smtp/main.ts", "examples/ovh-vrops-smtp-hcl/main.tf", "LICENSE"],
  ]) {
    expect(files).toContain(path);
  }
  const foreign = /(^|\/)(cdktf\.out|node_modules|\.terraform|test|coverage)(\/|$)|\.tfstate|\.tgz$|\.env$/;
  expect([...files].filter((path) => foreign.test(path))).toEqual([]);
});

it("brings no language of zod's but English", () => {
  const scripts = [...files].filter((path) => /^dist\/(cli\/.*\.js|provider\/[^.]+)$/.test(path));
  expect(scripts.length).toBeGreaterThan(50);
  const dutch = "Ongeldige invoer";
  expect(scripts.filter((path) => read(path).includes(dutch))).toEqual([]);
  expect(readFileSync(require.resolve("zod/v4/locales/nl.js"), "utf8")).toContain(dutch);
});

it("brings axios without what no request of ours needs", () => {
  for (const path of [
    "dist/cli/THIRD-PARTY-NOTICES.txt",
    "dist/provider/terraform-provider-outbound.THIRD-PARTY-NOTICES.txt",
  ]) {
    const packages = [...read(path).matchAll(/^(\S+) \d+\.\d+\.\d+ \(/gm)].map(([, name]) => name);
    expect(packages).toContain("axios");
    for (const name of ["debug", "follow-redirects", "form-data", "mime-db"]) expect(packages).not.toContain(name);
  }
});

it("brings the sources for stack traces and debuggers, inside the maps", () => {
  const scripts = [...files].filter((path) => /^dist\/lib\/.*\.js$/.test(path) && !path.includes("/sandbox/page/"));
  expect(scripts.filter((path) => !files.has(`${path}.map`))).toEqual([]);
  const map = JSON.parse(read("dist/lib/index.js.map")) as { sourcesContent?: (string | null)[] };
  expect(map.sourcesContent?.[0]).toContain("export");
});

it("shows the simple case as the example has it, which `outbound init` writes and the tests deploy", () => {
  expect(read("README.md")).toContain(`\`\`\`ts\n${read("examples/simple-case/main.ts")}\`\`\``);
  expect(read("examples/simple-case/main.ts").split("\n").length).toBeLessThanOrEqual(25);
});

it("says where it comes from, and that this place is not one yet", () => {
  const { homepage, bugs, repository } = manifest as {
    homepage: string;
    bugs: { url: string };
    repository: { url: string };
  };
  for (const address of [homepage, bugs.url, repository.url]) {
    expect(new URL(address.replace(/^git\+/, "")).hostname).toBe("placeholder-until-published.example");
  }
});

it("offers each subpath to compilers that do not read `exports`, too", () => {
  const { exports: entries, typesVersions } = manifest as {
    exports: Record<string, string | { types: string }>;
    typesVersions: { "*": Record<string, string[]> };
  };
  const subpaths = Object.entries(entries).flatMap(([path, entry]) =>
    typeof entry === "string" || path === "." ? [] : [[path.slice(2), [posix.normalize(entry.types)]] as const],
  );
  expect(typesVersions["*"]).toEqual(Object.fromEntries(subpaths));
  for (const [, [types]] of subpaths) expect(files).toContain(types);
});

import { outboundProvider } from "../../../lib/provider/definition";
import { registryDocs } from "../../../scripts/release/registry-docs";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- without types of its own
const { load } = require("js-yaml") as { load(text: string): unknown };

// What `tfplugindocs validate` asks for, which is what the registries take.
const docs = new Map([...registryDocs()].map(([path, content]) => [path, String(content)]));
const { resources, dataSources, ephemeralResources = [], actions = [], functions = [] } = outboundProvider;
const typesOf = (bound: readonly { readonly handler: { readonly schema: { readonly type: string } } }[]) =>
  bound.map(({ handler }) => handler.schema.type.replace(/^outbound_/, ""));
const FOLDERS = {
  resources: typesOf(resources),
  "data-sources": typesOf(dataSources),
  "ephemeral-resources": typesOf(ephemeralResources),
  actions: typesOf(actions),
  functions: functions.map(({ name }) => name),
};
const frontMatter = (text: string) => load(/^---\n([^]*?)\n---\n/.exec(text)![1]!) as Record<string, unknown>;

it.each(Object.entries(FOLDERS))("has one page for each of %s, and no other", (folder, names) => {
  const pages = [...docs.keys()].filter((path) => path.startsWith(`${folder}/`));
  expect(pages.sort()).toEqual(names.map((name) => `${folder}/${name}.md`).sort());
});

it("has nothing but an index, guides and these, few and small enough", () => {
  const others = [...docs.keys()].filter((path) => !(path.split("/")[0]! in FOLDERS));
  expect(others.filter((path) => path !== "index.md" && !/^guides\/[\w-]+\.md$/.test(path))).toEqual([]);
  expect(others).toEqual(expect.arrayContaining(["index.md", "guides/renaming-and-moving.md"]));
  expect(docs.size).toBeLessThanOrEqual(2_000);
  for (const text of docs.values()) expect(Buffer.byteLength(text)).toBeLessThan(500_000);
});

it.each([...docs])("begins with front matter that the registries take: %s", (path, text) => {
  const fields = frontMatter(text);
  const allowed = path === "index.md" ? ["page_title", "description"] : ["page_title", "subcategory", "description"];
  expect(Object.keys(fields)).toEqual(allowed);
  for (const value of Object.values(fields)) expect(typeof value).toBe("string");
  expect(fields["description"]).toMatch(/\w/);
});

it("links to pages that a registry has, and to no file beside it", () => {
  const site = "https://registry.terraform.io/providers/cdktf-outbound/outbound/";
  let links = 0;
  for (const [path, text] of docs) {
    for (const [, target] of text.replace(/^```[^]*?^```/gm, "").matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target!.startsWith("#")) continue;
      expect([path, target]).toEqual([path, expect.stringMatching(/^[a-z]+:/)]);
      if (!target!.startsWith(site)) continue;
      links += 1;
      const page = /\/docs\/?([^#]*)/.exec(target!)![1]! || "index";
      expect([path, docs.has(`${page}.md`)]).toEqual([path, true]);
    }
  }
  expect(links).toBeGreaterThan(0);
});

// The documentation in the layout and with the front matter of the registries of Terraform and OpenTofu, made from the
// reference. What they take: https://developer.hashicorp.com/terraform/registry/providers/docs
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { PROVIDER_NAME, PROVIDER_SOURCE, PROVIDER_VERSION } from "../../lib/package/identity";
import { systems } from "../../lib/systems";
import type { Files } from "./artefacts";

const docs = join(__dirname, "..", "..", "docs");
const KINDS = {
  resources: "Resource",
  "data-sources": "Data Source",
  "ephemeral-resources": "Ephemeral Resource",
  actions: "Action",
};
/** Functions go by their names, without the provider's. */
const FUNCTIONS = "functions";
/** Pages that concern whoever writes HCL. */
const GUIDES = ["renaming-and-moving", "mail-diagnosis", "explain", "probe-and-send", "sandbox", "mirrors"];
/** Types that belong to no system. */
const OTHERS = "Mail";

interface Page {
  /** In docs/. */
  readonly from: string;
  /** In the registry's docs/, without `.md`. */
  readonly to: string;
  readonly title: string;
  readonly subcategory?: string;
}

/** Every page, by its path in the registry's `docs` folder. */
export function registryDocs(): Files {
  const all = pages();
  return new Map(all.map((page) => [`${page.to}.md`, `${frontMatter(page)}\n${bodyOf(page, all)}`]));
}

function pages(): Page[] {
  const types = Object.entries(KINDS).flatMap(([folder, kind]) =>
    readdirSync(join(docs, "reference", folder)).map((file): Page => {
      const type = file.replace(/\.md$/, "");
      const to = `${folder}/${type.slice(PROVIDER_NAME.length + 1)}`;
      const title = `${type} ${kind} - ${PROVIDER_NAME}`;
      return { from: `reference/${folder}/${file}`, to, title, subcategory: subcategoryOf(type) };
    }),
  );
  const functions = readdirSync(join(docs, "reference", FUNCTIONS)).map((file): Page => {
    const name = file.replace(/\.md$/, "");
    const title = `${name} Function - ${PROVIDER_NAME}`;
    return { from: `reference/${FUNCTIONS}/${file}`, to: `${FUNCTIONS}/${name}`, title, subcategory: "" };
  });
  const guides = GUIDES.map((name): Page => {
    const from = `${name}.md`;
    return { from, to: `guides/${name}`, title: /^# (.*)$/m.exec(read(from))![1]!, subcategory: "" };
  });
  return [
    { from: "reference/provider.md", to: "index", title: "Provider: outbound" },
    ...types,
    ...functions,
    ...guides,
  ];
}

function subcategoryOf(type: string): string {
  const owner = systems.find((system) =>
    [...system.resources, ...system.dataSources, ...(system.ephemeralResources ?? [])].some(
      ({ schema }) => schema.type === type,
    ),
  );
  return owner?.title ?? OTHERS;
}

/** YAML; a text in JSON's quotes is one in YAML's. */
function frontMatter({ from, title, subcategory }: Page): string {
  const fields = { page_title: title, subcategory, description: descriptionOf(read(from)) };
  const lines = Object.entries(fields).filter(([, text]) => text !== undefined);
  return `---\n${lines.map(([name, text]) => `${name}: ${JSON.stringify(text)}\n`).join("")}---\n`;
}

/** The first paragraph, as plain text. */
function descriptionOf(markdown: string): string {
  const paragraph = /^# .*\n+([^]*?)(?:\n\n|(?![^]))/m.exec(markdown)?.[1] ?? "";
  return paragraph
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[`*]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A link to what the registry has leads to its page there; one to something else becomes its words. */
function bodyOf({ from }: Page, all: readonly Page[]): string {
  const [namespace, name] = PROVIDER_SOURCE.split("/").slice(1);
  const site = `https://registry.terraform.io/providers/${namespace}/${name}/${PROVIDER_VERSION}/docs`;
  const body = read(from).replace(/^<!--.*-->\n+/, "");
  return outsideOfCode(body, (text) =>
    text.replace(
      /\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]*)(#[^)\s]*)?\)/g,
      (_, words: string, path: string, anchor = "") => {
        const target = all.find((page) => page.from === posix.join(posix.dirname(from), path));
        if (target === undefined) return words;
        return `[${words}](${site}${target.to === "index" ? "" : `/${target.to}`}${anchor})`;
      },
    ),
  );
}

const outsideOfCode = (markdown: string, edit: (text: string) => string) =>
  markdown
    .split(/(^```[^]*?^```)/m)
    .map((part, index) => (index % 2 === 0 ? edit(part) : part))
    .join("");

const read = (path: string) => readFileSync(join(docs, path), "utf8");

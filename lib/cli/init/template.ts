import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package/install";
import type { DeployCommand } from "../deploy-command";
import { packageManifest, withManifest } from "./manifest";

export const TEMPLATES = ["cdktf", "cdktn", "hcl"] as const;
/** What the project is written for: CDKTF, CDK Terrain, or plain HCL. */
export type Template = (typeof TEMPLATES)[number];

export interface ProjectFile {
  /** The path inside the project's folder. */
  readonly path: string;
  readonly content: string;
  /** Extends an existing file; without it, an existing file stays as it is. */
  readonly added?: (existing: string) => string;
}

/** The files of a project. The programs are those of the examples, word for word. */
export function projectFiles(template: Template, name: string, command: DeployCommand["name"]): readonly ProjectFile[] {
  if (template === "hcl") {
    const of = (path: string) => ({ path, content: example("ovh-vrops-smtp-hcl", path) });
    return [of("main.tf"), of("variables.tf"), ignored([".terraform/", "*.tfstate", "*.tfstate.*", "*.tfvars"])];
  }
  const manifest = packageManifest(template, name, command);
  const program = example("simple-case", "main.ts");
  return [
    { path: "package.json", content: json(manifest), added: (existing) => json(withManifest(existing, manifest)) },
    { path: "cdktf.json", content: example("simple-case", "cdktf.json") },
    { path: "main.ts", content: template === "cdktn" ? forCdkTerrain(program) : program },
    { path: "tsconfig.json", content: json(TSCONFIG) },
    ignored(["node_modules/", "cdktf.out/", ".terraform/", "*.tfstate", "*.tfstate.*"]),
  ];
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "Node16",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  },
  include: ["*.ts"],
};

/** The same program with the packages of CDK Terrain, whose Terraform needs no null provider. */
function forCdkTerrain(program: string): string {
  return program
    .replace('from "cdktf"', 'from "cdktn"')
    .replace('from "cdktf-provider-outbound"', 'from "cdktf-provider-outbound/cdktn"')
    .replace(/(new OutboundProvider\(stack, "outbound")[^\n]*/, "$1);");
}

function ignored(patterns: readonly string[]): ProjectFile {
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    path: ".gitignore",
    content: text(patterns),
    added: (existing) => {
      const missing = patterns.filter((pattern) => !existing.split(/\r?\n/).includes(pattern));
      return `${existing}${existing === "" || existing.endsWith("\n") ? "" : "\n"}${text(missing)}`;
    },
  };
}

function example(folder: string, file: string): string {
  return readFileSync(join(packageRoot(), "examples", folder, file), "utf8");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

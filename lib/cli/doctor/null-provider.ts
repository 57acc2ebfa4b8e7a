import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "../demo/child";
import { nullProviderMissing } from "../tools.errors";
import type { InitialSurroundings } from "../surroundings";
import { wrong, type CheckFinding } from "./finding";

const LONGEST_MS = 60_000;

const CONFIGURATION = `terraform {
  required_providers {
    null = { source = "hashicorp/null" }
  }
}
`;

/**
 * Checks whether Terraform can install hashicorp/null, which the constructs use by default: from a registry, a mirror
 * or a cache. Only Terraform itself knows, so it runs in a folder of its own.
 */
export async function nullProvider(
  terraform: string,
  { environment, interrupted }: Pick<InitialSurroundings, "environment" | "interrupted">,
): Promise<CheckFinding> {
  const subject = "hashicorp/null";
  const directory = mkdtempSync(join(tmpdir(), "outbound-doctor-"));
  try {
    writeFileSync(join(directory, "main.tf"), CONFIGURATION);
    const { exitCode, output } = await runChild([terraform, "init", "-backend=false", "-input=false", "-no-color"], {
      cwd: directory,
      // The user's own folder of installed providers is not touched.
      environment: { ...environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_DATA_DIR: undefined },
      signal: interrupted,
      timeoutMs: LONGEST_MS,
    });
    return exitCode === 0
      ? { subject, seen: "Terraform can have it" }
      : wrong(subject, nullProviderMissing(errorIn(output) || output.trim()));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The first error that Terraform prints, its title and its cause on one line; its advice does not apply here. */
function errorIn(output: string): string {
  const paragraphs = output.replace(/^[│╷╵ ]+/gm, "").split(/\n\s*\n/);
  const first = paragraphs.findIndex((text) => text.includes("Error: "));
  const said = first < 0 ? "" : paragraphs.slice(first, first + 2).join(" ");
  return said
    .replace(/^[^]*?Error: /, "")
    .replace(/\s+/g, " ")
    .trim();
}

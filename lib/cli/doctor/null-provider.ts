import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nullProviderMissing } from "../errors";
import type { Surroundings } from "../surroundings";
import { wrong, type Finding } from "./finding";

const LONGEST_MS = 60_000;

const CONFIGURATION = `terraform {
  required_providers {
    null = { source = "hashicorp/null" }
  }
}
`;

/**
 * Whether Terraform can have hashicorp/null, which the constructs use unless they are told otherwise: from a registry, a
 * mirror or a cache. Only Terraform itself can tell, so it is asked, in a folder of its own.
 */
export async function nullProvider(
  terraform: string,
  { environment, interrupted }: Pick<Surroundings, "environment" | "interrupted">,
): Promise<Finding> {
  const subject = "hashicorp/null";
  const directory = mkdtempSync(join(tmpdir(), "outbound-doctor-"));
  try {
    writeFileSync(join(directory, "main.tf"), CONFIGURATION);
    const failure = await init(terraform, directory, environment, interrupted);
    return failure === undefined
      ? { subject, seen: "Terraform can have it" }
      : wrong(subject, nullProviderMissing(failure));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function init(
  terraform: string,
  cwd: string,
  environment: Surroundings["environment"],
  signal: AbortSignal,
): Promise<string | undefined> {
  const env = { ...environment, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_DATA_DIR: undefined };
  return new Promise((resolve, reject) => {
    const args = ["init", "-backend=false", "-input=false", "-no-color"];
    execFile(terraform, args, { cwd, env, signal, timeout: LONGEST_MS }, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason);
      resolve(error === null ? undefined : errorIn(`${stderr}\n${stdout}`) || error.message);
    });
  });
}

/** The first error that Terraform prints, its title and what is wrong, on one line; its advice has no part in this. */
function errorIn(output: string): string {
  const paragraphs = output.replace(/^[│╷╵ ]+/gm, "").split(/\n\s*\n/);
  const first = paragraphs.findIndex((text) => text.includes("Error: "));
  const said = first < 0 ? "" : paragraphs.slice(first, first + 2).join(" ");
  return said
    .replace(/^[^]*?Error: /, "")
    .replace(/\s+/g, " ")
    .trim();
}

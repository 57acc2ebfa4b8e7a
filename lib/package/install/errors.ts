import type { Problem } from "../../core/problem";

/** The errors of installing the provider where Terraform finds it. */

export const executableMissing = (path: string): Problem => ({
  code: "install/provider-not-built",
  severity: "error",
  summary: "The provider's executable is not there",
  got: path,
  expected: "a built package",
  fix: "Run `npm run build` in the checkout of cdktf-provider-outbound. The published package contains the file; if yours does not, install it again.",
});

export const badPlatform = (got: string): Problem => ({
  code: "install/bad-platform",
  severity: "error",
  summary: `"${got}" is not a Terraform platform`,
  got,
  expected: "linux_amd64, linux_arm64, darwin_amd64, darwin_arm64 or the like",
  fix: "Write the operating system and the architecture as Terraform names them, joined by an underscore.",
});

/** The executable is a script with an interpreter line, which Windows does not support. */
export const cannotStartOn = (platform: string): Problem => ({
  code: "install/cannot-start-on-windows",
  severity: "error",
  summary: "Terraform cannot start the provider on Windows",
  got: platform,
  expected: "a platform of Linux or macOS",
  fix: "Run Terraform in the Windows Subsystem for Linux, in a container, or in a pipeline on Linux; name that platform where the program is only synthesised here.",
});

export const linkInMirror = (path: string): Problem => ({
  code: "install/link-in-mirror",
  severity: "error",
  summary: "A link stands where the provider is installed, and what it leads to is left alone",
  got: path,
  expected: "a folder or a file of its own; only the mirror itself may be a link",
  fix: "Remove the link, or install into another mirror.",
});

/** @param failure the parser's message */
export const notJson = (path: string, failure: string): Problem => ({
  code: "install/configuration-not-json",
  severity: "error",
  summary: "A configuration in JSON cannot be read",
  got: `${path}: ${failure}`,
  expected: "what `cdktf synth` writes, or another configuration in JSON that Terraform reads",
  fix: "Synthesise it again, or correct the file.",
});

const MOST_NAMED = 10;

export const foreignFile = (paths: readonly string[]): Problem => ({
  code: "install/foreign-file",
  severity: "error",
  summary: "The provider's folder holds something else, which would spoil its checksum",
  got: [
    ...paths.slice(0, MOST_NAMED),
    ...(paths.length > MOST_NAMED ? [`and ${paths.length - MOST_NAMED} more`] : []),
  ].join(", "),
  expected: "nothing but the provider's executable",
  fix: "Move it away: Terraform takes everything in this folder for a part of the provider.",
});

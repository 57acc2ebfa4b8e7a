import type { Problem } from "../../core/problem";

/** What can go wrong when the provider is put where Terraform finds it. */

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

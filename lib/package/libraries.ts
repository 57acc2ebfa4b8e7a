/** A library of constructs for Terraform: CDKTF, or its successor CDK Terrain. */
export interface Library {
  /** The name that people use. */
  readonly title: string;
  /** The name that jsii gives it, as in `cdktf.TerraformStack`. */
  readonly name: "cdktf" | "cdktn";
  /** The entry point of this package that programs for it import. */
  readonly entry: string;
  /** The packages that must be installed beside this one. */
  readonly packages: readonly string[];
  /** The command that installs them. */
  readonly install: string;
}

export const LIBRARIES = {
  cdktf: {
    title: "CDKTF",
    name: "cdktf",
    entry: "cdktf-provider-outbound",
    packages: ["cdktf", "constructs", "@cdktf/provider-null"],
    install: "npm install cdktf constructs @cdktf/provider-null",
  },
  cdktn: {
    title: "CDK Terrain",
    name: "cdktn",
    entry: "cdktf-provider-outbound/cdktn",
    packages: ["cdktn", "constructs"],
    // It does not support newer versions of constructs.
    install: "npm install cdktn@0.24 constructs@~10.7",
  },
} as const satisfies Readonly<Record<Library["name"], Library>>;

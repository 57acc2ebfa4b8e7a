/** A library of constructs for Terraform: CDKTF, or its successor CDK Terrain. */
export interface Library {
  /** As people call it. */
  readonly title: string;
  /** As jsii calls its classes, `cdktf.TerraformStack`. */
  readonly name: "cdktf" | "cdktn";
  /** What programs for it import from this package. */
  readonly entry: string;
  /** What has to be there beside this package. */
  readonly packages: readonly string[];
  /** How to get them. */
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
    // It takes no newer constructs.
    install: "npm install cdktn@0.24 constructs@~10.7",
  },
} as const satisfies Readonly<Record<Library["name"], Library>>;

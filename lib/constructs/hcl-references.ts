interface HclFragment {
  readonly resource?: Record<string, Record<string, HclAttributes>>;
}

interface HclAttributes {
  depends_on?: unknown;
  lifecycle?: { replace_triggered_by?: unknown };
}

/**
 * Removes the quotes that CDKTF's HCL writer puts around references: Terraform deprecates them in `depends_on` and refuses
 * them in `replace_triggered_by`. A text that begins with a bracket is written unchanged.
 */
export function withBareReferences<Fragment>(fragment: Fragment): Fragment {
  for (const resources of Object.values((fragment as HclFragment).resource ?? {})) {
    for (const attributes of Object.values(resources)) {
      if (attributes.depends_on !== undefined) attributes.depends_on = bare(attributes.depends_on);
      const { lifecycle } = attributes;
      if (lifecycle?.replace_triggered_by !== undefined) {
        lifecycle.replace_triggered_by = bare(lifecycle.replace_triggered_by);
      }
    }
  }
  return fragment;
}

function bare(references: unknown): unknown {
  return Array.isArray(references) ? `[${references.join(", ")}]` : references;
}

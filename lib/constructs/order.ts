import { dependable, type ITerraformDependable, type TerraformResource } from "./cdktf";

const known = new WeakMap<TerraformResource, Set<ITerraformDependable>>();

/** Makes `resource` depend on the others. May be called at any time before synth. */
export function after(resource: TerraformResource, ...others: readonly ITerraformDependable[]): void {
  const done = known.get(resource) ?? new Set();
  known.set(resource, done);
  for (const other of others) {
    if (done.has(other)) continue;
    done.add(other);
    resource.dependsOn = [...(resource.dependsOn ?? []), dependable(other)];
  }
}

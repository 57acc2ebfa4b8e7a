/** The instance key at the end of an address, brackets included: `[0]`, `["a"]`; empty when there is none. */
export function keyOf(address: string): string {
  return /\[("(?:[^"\\]|\\.)*"|\d+)\]$/.exec(address)?.[0] ?? "";
}

/** The address of the resource that an instance belongs to: `module.a[0].x.y` of `module.a[0].x.y["k"]`. */
export function resourceOf(address: string): string {
  return address.slice(0, address.length - keyOf(address).length);
}

/** `x.y` of `module.a[0].x.y["k"]`. */
export function localName(address: string): string {
  const within = resourceOf(address);
  return /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)*(.*)$/.exec(within)?.[1] ?? within;
}

/** The address without any instance key, as the configuration has it. */
export function withoutKeys(address: string): string {
  return address.replace(/\[("(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

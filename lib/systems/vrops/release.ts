/** The version in a release name: `[9, 0, 1]` of "VCF Operations 9.0.1.0"; undefined when it has none. */
export function productVersion(releaseName: string): readonly [number, number, number] | undefined {
  const found = /(?<!\d)(\d+)\.(\d+)(?:\.(\d+))?/.exec(releaseName);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

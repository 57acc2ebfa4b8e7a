import { readFileSync } from "node:fs";
import { PROVIDER_NAME, PROVIDER_SOURCES, PROVIDER_VERSION } from "../../lib/package/identity";
import { executableName, packageHash } from "../../lib/package/install";
import { sha256, zipOf, type Archive } from "./archive";

/** `terraform-provider-outbound_0.1.0`: how every file of a release begins. */
export const STEM = `terraform-provider-${PROVIDER_NAME}_${PROVIDER_VERSION}`;

/** The list of checksums, which is what gets signed. */
export const SUMS = `${STEM}_SHA256SUMS`;

/** Files by their path below the folder that they are for. */
export type Files = ReadonlyMap<string, Buffer | string>;

/** The packages of an executable, one for each platform that runs it. */
export function archivesOf(executable: string, platforms: readonly string[]): Archive[] {
  const [source] = PROVIDER_SOURCES;
  const entry = { source, version: PROVIDER_VERSION, executable };
  const content = zipOf(executableName(source, PROVIDER_VERSION), readFileSync(executable));
  const [h1, zh] = [packageHash(entry), `zh:${sha256(content)}`];
  return platforms.map((platform) => ({ platform, name: `${STEM}_${platform}.zip`, content, h1, zh }));
}

/**
 * What a release on GitHub holds for the registries of Terraform and OpenTofu, but for the signature.
 *
 * @see https://developer.hashicorp.com/terraform/registry/providers/publishing#manually-preparing-a-release
 */
export function registryFiles(archives: readonly Archive[]): Files {
  const manifest = `${JSON.stringify({ version: 1, metadata: { protocol_versions: ["6.0"] } }, undefined, 2)}\n`;
  const files = new Map<string, Buffer | string>([
    ...archives.map(({ name, content }) => [name, content] as const),
    [`${STEM}_manifest.json`, manifest],
  ]);
  const sums = [...files].map(([name, content]) => `${sha256(content)}  ${name}\n`);
  return files.set(SUMS, sums.join(""));
}

/**
 * A mirror of providers for those who reach no registry. The same folder serves as `filesystem_mirror` and, behind a web
 * server, as `network_mirror`; it has the provider under the names of both registries.
 *
 * @see https://developer.hashicorp.com/terraform/internals/provider-network-mirror-protocol
 */
export function mirrorFiles(archives: readonly Archive[]): Files {
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const archiveList = archives.map(
    ({ platform, name, h1, zh }) => [platform, { url: name, hashes: [h1, zh] }] as const,
  );
  return new Map(
    PROVIDER_SOURCES.flatMap((source): [string, Buffer | string][] => [
      [`${source}/index.json`, json({ versions: { [PROVIDER_VERSION]: {} } })],
      [`${source}/${PROVIDER_VERSION}.json`, json({ archives: Object.fromEntries(archiveList) })],
      ...archives.map(({ name, content }): [string, Buffer] => [`${source}/${name}`, content]),
    ]),
  );
}

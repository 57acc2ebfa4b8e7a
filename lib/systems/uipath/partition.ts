/** The owner of system mail settings: an organization, by its id, or the host (undefined). */
export type Partition = string | undefined;

/** The import id: "organization/<id>" or "host". */
export const systemId = (partition: Partition) => (partition === undefined ? "host" : `organization/${partition}`);

/** The partition in messages. */
export const partitionName = (partition: Partition) =>
  partition === undefined ? "the host" : `the organization ${partition}`;

/** The partition of an import id, in lower case; null for an invalid id. */
export function partitionIn(id: string): Partition | null {
  if (id === "host") return undefined;
  return /^organization\/(.+)$/.exec(id)?.[1]?.toLowerCase() ?? null;
}

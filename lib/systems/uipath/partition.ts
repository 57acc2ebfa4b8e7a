/** Whose system mail settings: an organization's, by its id, or the host's (undefined). */
export type Partition = string | undefined;

/** The import id: "organization/<id>" or "host". */
export const systemId = (partition: Partition) => (partition === undefined ? "host" : `organization/${partition}`);

/** For messages. */
export const partitionName = (partition: Partition) =>
  partition === undefined ? "the host" : `the organization ${partition}`;

/** Of an import id, in lower case; null when it is none. */
export function partitionIn(id: string): Partition | null {
  if (id === "host") return undefined;
  return /^organization\/(.+)$/.exec(id)?.[1]?.toLowerCase() ?? null;
}

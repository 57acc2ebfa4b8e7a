import { deleteSystemSettings, putSystemSettings } from "../contract";
import { SYSTEM_KEYS } from "../keys";
import type { UiPathSimulatorOptions } from "./options";
import { identity, identityInvalid, invalidPartition, notAuthorized } from "./refusal";
import { about } from "./tenant-store";
import type { Bearer } from "./tokens";

/** As the Identity service shows a stored password; the characters are not documented. */
export const IDENTITY_MASK = "******";

const HOST = "";
const KNOWN = new Set<string>(Object.values(SYSTEM_KEYS));
const TOGETHER = [SYSTEM_KEYS.host, SYSTEM_KEYS.port, SYSTEM_KEYS.senderAddress];

interface Row {
  readonly id: number;
  value: string;
}

/** The Identity service's settings, by partition: the organization's, and the host's. */
export class SystemStore {
  private readonly partitions = new Map<string, Map<string, Row>>();
  private lastId = 63_035;

  constructor(private readonly options: UiPathSimulatorOptions) {
    for (const [key, value] of Object.entries(options.hostMail)) this.set(HOST, key, value);
  }

  get(query: Record<string, unknown>, bearer: Bearer) {
    const partition = this.partitionOf(query["partitionGlobalId"], bearer);
    // Without explicit keys nothing comes back.
    const keys = query["key"] === undefined ? [] : [query["key"]].flat().map(String);
    return this.rows(partition, keys);
  }

  put(body: unknown, bearer: Bearer) {
    const request = putSystemSettings.safeParse(body);
    if (!request.success) throw identityInvalid(request.error);
    const { settings, partitionGlobalId } = request.data;
    const partition = this.partitionOf(partitionGlobalId, bearer);
    const spelling = partitionGlobalId === "" ? "empty" : "null";
    if (partition === HOST && spelling !== this.options.hostPartition) throw invalidPartition();
    const keys = settings.map(({ key }) => key);
    const unknown = keys.find((key) => !KNOWN.has(key));
    if (unknown !== undefined)
      throw identity(400, "One or more validation errors occurred.", { key: [`Unknown key ${unknown}`] });
    const together = TOGETHER.filter((key) => keys.includes(key));
    if (together.length > 0 && together.length < TOGETHER.length) {
      throw identity(400, "One or more validation errors occurred.", {
        settings: ["Host, port and from address must be sent together."],
      });
    }
    for (const { key, value } of settings) this.set(partition, key, value ?? "");
    return this.rows(partition, keys);
  }

  delete(body: unknown, bearer: Bearer): void {
    const request = deleteSystemSettings.safeParse(body);
    if (!request.success) throw identityInvalid(request.error);
    const partition = this.partitionOf(request.data.partitionGlobalId, bearer);
    for (const key of request.data.settings) this.partitions.get(partition)?.delete(key);
  }

  deleteRow(id: number, bearer: Bearer): void {
    for (const [partition, rows] of this.partitions) {
      for (const [key, row] of rows) {
        if (row.id !== id) continue;
        if (partition === HOST && bearer.kind !== "host") throw notAuthorized();
        rows.delete(key);
        return;
      }
    }
    throw identity(404, "The setting was not found.");
  }

  /** Someone in the console. */
  edit(scope: "organization" | "host", changes: Readonly<Record<string, string | null>>): void {
    const partition = scope === "host" ? HOST : this.options.organizationId;
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) this.partitions.get(partition)?.delete(key);
      else this.set(partition, key, value);
    }
  }

  reset(scope: "organization" | "host"): void {
    this.partitions.delete(scope === "host" ? HOST : this.options.organizationId);
  }

  shown(scope: "organization" | "host"): Record<string, string> {
    const rows = this.partitions.get(scope === "host" ? HOST : this.options.organizationId) ?? new Map<string, Row>();
    return Object.fromEntries(
      [...rows].map(([key, { value }]) => [key, key === SYSTEM_KEYS.password ? about(value) : value]),
    );
  }

  /** Applications are not let at the host; nobody is let at somebody else's organization. */
  private partitionOf(given: unknown, bearer: Bearer): string {
    if (given === undefined || given === null || given === "") {
      if (bearer.kind !== "host") throw notAuthorized();
      return HOST;
    }
    if (String(given).toLowerCase() !== this.options.organizationId.toLowerCase()) throw invalidPartition();
    return this.options.organizationId;
  }

  private rows(partition: string, keys: readonly string[]) {
    return keys.flatMap((key) => {
      const row = this.partitions.get(partition)?.get(key);
      if (row === undefined) return [];
      const value = key === SYSTEM_KEYS.password && row.value !== "" ? IDENTITY_MASK : row.value;
      const partitionGlobalId = partition === HOST ? "00000000-0000-0000-0000-000000000000" : partition;
      return [{ id: row.id, key, value, partitionGlobalId, userId: null }];
    });
  }

  private set(partition: string, key: string, value: string): void {
    const rows = this.partitions.get(partition) ?? new Map<string, Row>();
    this.partitions.set(partition, rows);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { id: ++this.lastId, value });
    else row.value = value;
  }
}

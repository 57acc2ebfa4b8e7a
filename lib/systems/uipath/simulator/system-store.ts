import type * as z from "../../../core/zod";
import { inContractCase } from "../../kit/simulator/any-case";
import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import { deleteSystemSettings, putSystemSettings } from "../contract";
import { SYSTEM_KEYS } from "../keys";
import type { UiPathSimulatorOptions } from "./options";
import { identity, identityInvalid, invalidPartition, notAuthorized } from "./refusal";
import { about } from "./tenant-store";
import type { Bearer } from "./tokens";

/** The mask of a stored password in the Identity service; its characters are not documented. */
export const IDENTITY_MASK = "******";

const HOST = "";
const KNOWN = new Set<string>(Object.values(SYSTEM_KEYS));
const TOGETHER = [SYSTEM_KEYS.host, SYSTEM_KEYS.port, SYSTEM_KEYS.senderAddress];

export interface SettingRow {
  readonly id: number;
  readonly partition: string;
  readonly key: string;
  readonly value: string;
}

export type PartitionKind = "organization" | "host";

/** The Identity service's settings, by partition: the organization's, and the host's. */
export class SystemStore {
  constructor(
    /** Rows by partition and key. */
    private readonly settings: Table<SettingRow>,
    private readonly options: UiPathSimulatorOptions,
    private readonly nextId: () => number,
  ) {}

  /** Adds the host's initial settings. */
  seed(): void {
    for (const [key, value] of Object.entries(this.options.hostMail)) this.set(HOST, key, value);
  }

  get(query: Record<string, unknown>, bearer: Bearer) {
    const asked = Object.fromEntries(Object.entries(query).map(([name, value]) => [name.toLowerCase(), value]));
    const partition = this.partitionOf(asked["partitionglobalid"], bearer);
    // Without explicit keys the answer is empty.
    const keys = asked["key"] === undefined ? [] : [asked["key"]].flat().map(String);
    return this.rows(partition, keys);
  }

  put(body: unknown, bearer: Bearer) {
    const { settings, partitionGlobalId } = read(putSystemSettings, body);
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
    const { settings, partitionGlobalId } = read(deleteSystemSettings, body);
    const partition = this.partitionOf(partitionGlobalId, bearer);
    for (const key of settings) this.unset(partition, key);
  }

  deleteRow(id: number, bearer: Bearer): void {
    const [row] = this.settings.list((one) => one.id === id);
    if (row === undefined) throw identity(404, "The setting was not found.");
    if (row.partition === HOST && bearer.kind !== "host") throw notAuthorized();
    this.unset(row.partition, row.key);
  }

  /** A person edits settings in the console. */
  edit(scope: PartitionKind, changes: Readonly<Record<string, string | null>>): void {
    const partition = this.partition(scope);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) this.unset(partition, key);
      else this.set(partition, key, value);
    }
  }

  reset(scope: PartitionKind): void {
    for (const { partition, key } of this.of(scope)) this.unset(partition, key);
  }

  value(scope: PartitionKind, key: string): string {
    return this.settings.get(`${this.partition(scope)}/${key}`)?.value ?? "";
  }

  shown(scope: PartitionKind): Record<string, string> {
    return Object.fromEntries(
      this.of(scope).map(({ key, value }) => [key, key === SYSTEM_KEYS.password ? about(value) : value]),
    );
  }

  private of(scope: PartitionKind): SettingRow[] {
    return this.settings.list(({ partition }) => partition === this.partition(scope));
  }

  private partition(scope: PartitionKind): string {
    return scope === "host" ? HOST : this.options.organizationId;
  }

  /** Checks access: applications have none to the host, and nobody has any to another organization. */
  private partitionOf(given: unknown, bearer: Bearer): string {
    if (given === undefined || given === null || given === "") {
      if (bearer.kind !== "host") throw notAuthorized();
      return HOST;
    }
    if (String(given).toLowerCase() !== this.options.organizationId.toLowerCase()) throw invalidPartition();
    if (this.options.partitionNeedsHost && bearer.kind !== "host") throw notAuthorized();
    return this.options.organizationId;
  }

  private rows(partition: string, keys: readonly string[]) {
    return keys.flatMap((key) => {
      const row = this.settings.get(`${partition}/${key}`);
      if (row === undefined) return [];
      const value = key === SYSTEM_KEYS.password && row.value !== "" ? IDENTITY_MASK : row.value;
      const partitionGlobalId = partition === HOST ? "00000000-0000-0000-0000-000000000000" : partition;
      return [{ id: row.id, key, value, partitionGlobalId, userId: null }];
    });
  }

  private set(partition: string, key: string, value: string): void {
    const at = `${partition}/${key}`;
    this.settings.set(at, { partition, key, value, id: this.settings.get(at)?.id ?? this.nextId() });
  }

  private unset(partition: string, key: string): void {
    this.settings.delete(`${partition}/${key}`);
  }
}

function read<T>(contract: z.ZodMiniType<T>, body: unknown): T {
  return checked(contract, inContractCase(contract, body), identityInvalid);
}

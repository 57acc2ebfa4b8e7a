import type { Clock } from "../../core/clock";
import type { HttpResponse } from "../../http/types";
import { path } from "../../http/url";
import { CallError } from "../kit/rest-api";
import { Singleton } from "../kit/singleton";
import { systemSettings, type SystemSetting } from "./contract";
import type { IdentityService } from "./identity-service";
import { SYSTEM_KEYS } from "./keys";
import { partitionName, systemId, type Partition } from "./partition";
import { systemMailWords } from "./system-mail.words";

const COLLECTION = "/api/Setting";

export type SystemRows = ReadonlyMap<string, SystemSetting>;

/** The result of a deletion: the public interface does not support it, the internal one does. */
export interface SystemDeletion {
  readonly offered: boolean;
  readonly answer: HttpResponse;
}

/** The body of the Identity service's test call. */
export interface SystemTest {
  readonly host: string;
  readonly port: number;
  readonly userName: string;
  readonly password: string;
  readonly domain: string;
  readonly enableSsl: boolean;
  readonly useDefaultCredentials: boolean;
  readonly fromAddress: string;
  readonly fromDisplayName: string;
}

/** The system mail settings of organizations and of the host. */
export class SystemMailSettings {
  /** The passwords of this run, for the test call, which needs them unencrypted. In memory only. */
  readonly passwords = new Map<Partition, { readonly username: string; readonly text: string }>();
  private readonly sets = new Map<Partition, Singleton<SystemRows>>();

  constructor(
    private readonly identity: IdentityService,
    private readonly clock: Clock,
  ) {}

  /** The settings: one call for all keys, once for each run and partition. Unset keys are absent. */
  shown(partition: Partition): Singleton<SystemRows> {
    const known = this.sets.get(partition);
    if (known !== undefined) return known;
    const set = new Singleton({
      clock: this.clock,
      words: systemMailWords,
      ref: { name: `of ${partitionName(partition)}`, id: systemId(partition) },
      load: (signal) => this.load(partition, signal),
    });
    this.sets.set(partition, set);
    return set;
  }

  /** The host's settings as seen from an organization; undefined where the account may not see them. */
  async readHost(signal: AbortSignal): Promise<SystemRows | undefined> {
    try {
      return await this.shown(undefined).read(signal);
    } catch (error) {
      // External applications get 403 here; newer organizations answer 400 InvalidPartition.
      if (error instanceof CallError && [400, 401, 403, 404].includes(error.status ?? 0)) return undefined;
      throw error;
    }
  }

  /** Creates or overwrites these keys; others stay. Throws a `CallError` with 409 when somebody else is writing. */
  async put(partition: Partition, values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const settings = [...values].map(([key, value]) => ({ key, value }));
    const doing = `write the mail settings of ${partitionName(partition)}`;
    const send = (partitionGlobalId: string | null) =>
      this.identity.api.write(doing, {
        method: "PUT",
        path: COLLECTION,
        body: { settings, partitionGlobalId },
        ...(partition === undefined ? { accept: [400] } : {}),
        signal,
      });
    await this.shown(partition).writing(async () => {
      const response = await send(partition ?? null);
      if (response.status < 300) return;
      // The host is null in the description of the interface, and an empty text in UiPath's own example.
      const second = await send("");
      if (second.status >= 300) throw this.identity.api.refusal(doing, second);
    });
  }

  /** Unsets all keys of these rows. */
  delete(partition: Partition, rows: SystemRows, signal: AbortSignal): Promise<SystemDeletion> {
    const doing = `delete the mail settings of ${partitionName(partition)}`;
    const send = async (from: string, body?: object): Promise<SystemDeletion> => {
      const accept = [400, 404, 405, 410, 501];
      const request = { method: "DELETE", path: from, body, accept, signal } as const;
      const answer = await this.identity.api.write(doing, request);
      if (answer.status === 400) throw this.identity.api.refusal(doing, answer);
      return { offered: answer.status < 300, answer };
    };
    return this.shown(partition).writing(async () => {
      if (partition !== undefined) {
        return send(COLLECTION, { settings: [...rows.keys()], partitionGlobalId: partition });
      }
      // The bulk call needs a partition's id, which the host does not have: there, each row is deleted individually.
      const deletions: SystemDeletion[] = [];
      for (const { id } of rows.values()) deletions.push(await send(path`/api/Setting/${id}`));
      return deletions.find(({ offered }) => !offered) ?? deletions[0]!;
    });
  }

  /** Makes UiPath send a test mail. Returns the raw answer. */
  test(recipient: string, smtpSettings: SystemTest, signal: AbortSignal): Promise<HttpResponse> {
    return this.identity.api.write("test the system mail settings", {
      method: "POST",
      path: `${COLLECTION}/VerifySmtpSettings`,
      body: { recipient, smtpSettings },
      accept: [400, 404, 405, 409, 410, 422, 500],
      retry: "once",
      signal,
    });
  }

  private async load(partition: Partition, signal: AbortSignal): Promise<SystemRows> {
    // Without keys the answer is empty. The parameter is repeated, which a record cannot express.
    const keys = Object.values(SYSTEM_KEYS).map((key) => `key=${encodeURIComponent(key)}`);
    const rows = await this.identity.read(`read the mail settings of ${partitionName(partition)}`, systemSettings, {
      method: "GET",
      path: `${COLLECTION}?${keys.join("&")}`,
      query: { partitionGlobalId: partition },
      signal,
    });
    return new Map(rows.map((row) => [row.key, row]));
  }
}

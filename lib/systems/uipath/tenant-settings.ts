import { Snapshot } from "../../http/snapshot";
import type { HttpResponse } from "../../http/types";
import type { RestApi } from "../kit/rest-api";
import { settings, type Setting } from "./contract";
import { ITEM_NOT_FOUND, vendorWords } from "./envelope";
import { readPages } from "./pages";

const COLLECTION = "/odata/Settings";
const ACTION = `${COLLECTION}/UiPath.Server.Configuration.OData`;

const DELETING = "delete the tenant's mail settings";

export type Rows = ReadonlyMap<string, Setting>;

/** The body of Orchestrator's test call. */
export interface TenantTest {
  readonly Host: string;
  readonly Port: number;
  readonly UserName: string;
  readonly Password: string;
  readonly Domain: string;
  readonly EnableSsl: boolean;
  readonly UseDefaultCredentials: boolean;
  readonly DefaultFromAddress: string;
  readonly DefaultFromDisplayName: string;
}

/** A tenant's settings: read in one call and shared by a run, written in one call. */
export class TenantSettings {
  /** The password of this run, for the test call, which wants it in clear. In memory only. */
  password: { readonly username: string; readonly text: string } | undefined;
  private readonly snapshot: Snapshot<Rows>;

  constructor(private readonly api: RestApi) {
    this.snapshot = new Snapshot(async (signal) => {
      const doing = "read the tenant's settings";
      const rows = await readPages(api, doing, settings, { path: COLLECTION, signal });
      return new Map(rows.map((row) => [row.Name, row]));
    });
  }

  read(signal: AbortSignal): Promise<Rows> {
    return this.snapshot.get(signal);
  }

  /** Writes these settings and no others. */
  async update(values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    await this.snapshot.whileWriting(() =>
      this.api.call("write the tenant's mail settings", {
        method: "POST",
        path: `${ACTION}.UpdateBulk`,
        // The smallest body that is known to work. Scope is left out: this call writes the tenant's own values.
        body: { settings: [...values].map(([Name, Value]) => ({ Name, Value })) },
        // The same values once more are the same values.
        retry: "safe",
        signal,
      }),
    );
  }

  /**
   * Deletes the tenant's own values, so that the host's apply. Answers undefined when done, else what the server
   * says: releases before 22.10 do not have the call.
   */
  async delete(names: readonly string[], signal: AbortSignal): Promise<HttpResponse | undefined> {
    return this.snapshot.whileWriting(async () => {
      const response = await this.post(names, signal);
      if (response.status < 300) return undefined;
      // Whether names that were never set may be named is not documented. If one is refused, each goes by itself.
      if (!saysNotFound(response)) return this.unavailable(response);
      for (const name of names) {
        const single = await this.post([name], signal);
        if (single.status >= 300 && !saysNotFound(single)) return this.unavailable(single);
      }
      return undefined;
    });
  }

  /** Has Orchestrator send a test mail. The raw answer: what it means depends on more than its status. */
  test(sendTo: string, smtpSettingModel: TenantTest, signal: AbortSignal): Promise<HttpResponse> {
    return this.api.call("test the tenant's mail settings", {
      method: "POST",
      path: `${ACTION}.VerifySmtpSetting`,
      body: { sendTo, smtpSettingModel },
      accept: [400, 404, 405, 409, 410, 422, 500],
      retry: "once",
      signal,
    });
  }

  private post(settingNames: readonly string[], signal: AbortSignal): Promise<HttpResponse> {
    return this.api.call(DELETING, {
      method: "POST",
      path: `${ACTION}.DeleteBulk`,
      body: { settingNames },
      accept: [400, 404, 405, 410],
      retry: "safe",
      signal,
    });
  }

  /** No such call is an answer; a call that was understood and refused is an error. */
  private unavailable(response: HttpResponse): HttpResponse {
    if (response.status === 400) throw this.api.refusal(DELETING, response);
    return response;
  }
}

const saysNotFound = (response: HttpResponse) => vendorWords(response).errorCode === ITEM_NOT_FOUND;

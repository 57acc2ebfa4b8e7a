import type { Clock } from "../../core/clock";
import type { HttpResponse } from "../../http/types";
import type { RestApi } from "../kit/rest-api";
import { Singleton } from "../kit/singleton";
import { settings, type Setting } from "./contract";
import { saysNotFound } from "./envelope";
import { readPages } from "./pages";
import { tenantMailWords } from "./tenant-mail.words";

const COLLECTION = "/odata/Settings";
const ACTION = `${COLLECTION}/UiPath.Server.Configuration.OData`;

export type Rows = ReadonlyMap<string, Setting>;

/** What became of a deletion; a refusal is an answer where releases do not have the call. */
export interface Deletion {
  readonly offered: boolean;
  readonly answer: HttpResponse;
}

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
  readonly shown: Singleton<Rows>;

  /** @param tenant "the tenant Prod" */
  constructor(
    private readonly api: RestApi,
    clock: Clock,
    private readonly tenant: string,
  ) {
    this.shown = new Singleton({
      clock,
      words: tenantMailWords,
      ref: { name: `of ${tenant}` },
      load: async (signal) => {
        const doing = `read the settings of ${tenant}`;
        const rows = await readPages(api, doing, settings, { path: COLLECTION, signal });
        return new Map(rows.map((row) => [row.Name, row]));
      },
    });
  }

  /** Writes these settings and no others. */
  async update(values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    await this.shown.writing(() =>
      this.api.write(`write the mail settings of ${this.tenant}`, {
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

  /** Deletes the tenant's own values, so that the host's apply. Releases before 22.10 do not have the call. */
  delete(names: readonly string[], signal: AbortSignal): Promise<Deletion> {
    return this.shown.writing(async () => {
      const answer = await this.post(names, signal);
      if (answer.status < 300) return { offered: true, answer };
      // Whether names that were never set may be named is not documented. If one is refused, each goes by itself.
      if (!saysNotFound(answer)) return this.refused(answer);
      for (const name of names) {
        const single = await this.post([name], signal);
        if (single.status >= 300 && !saysNotFound(single)) return this.refused(single);
      }
      return { offered: true, answer };
    });
  }

  /** Has Orchestrator send a test mail. The raw answer: what it means depends on more than its status. */
  test(sendTo: string, smtpSettingModel: TenantTest, signal: AbortSignal): Promise<HttpResponse> {
    return this.api.write(`test the mail settings of ${this.tenant}`, {
      method: "POST",
      path: `${ACTION}.VerifySmtpSetting`,
      body: { sendTo, smtpSettingModel },
      accept: [400, 404, 405, 409, 410, 422, 500],
      retry: "once",
      signal,
    });
  }

  private post(settingNames: readonly string[], signal: AbortSignal): Promise<HttpResponse> {
    return this.api.write(this.deleting, {
      method: "POST",
      path: `${ACTION}.DeleteBulk`,
      body: { settingNames },
      accept: [400, 404, 405, 410],
      retry: "safe",
      signal,
    });
  }

  /** No such call is an answer; a call that was understood and refused is an error. */
  private refused(answer: HttpResponse): Deletion {
    if (answer.status === 400) throw this.api.refusal(this.deleting, answer);
    return { offered: false, answer };
  }

  private get deleting(): string {
    return `delete the mail settings of ${this.tenant}`;
  }
}

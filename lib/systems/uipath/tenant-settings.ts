import type { Clock } from "../../core/clock";
import type { HttpResponse } from "../../http/types";
import type { RestApi } from "../kit/rest-api";
import { Singleton } from "../kit/singleton";
import { ProblemError } from "../../core/problem";
import { settings, type Setting } from "./contract";
import { saysNotFound, textOf } from "./envelope";
import { readPages } from "./pages";
import { apiVersionIn } from "./release";
import { noTenantMail } from "./tenant-mail.errors";
import { tenantMailWords } from "./tenant-mail.words";

const COLLECTION = "/odata/Settings";
const ACTION = `${COLLECTION}/UiPath.Server.Configuration.OData`;

const NOT_THERE: readonly number[] = [404, 405, 410];

export type Rows = ReadonlyMap<string, Setting>;

/** The result of a deletion; a refusal is an answer where releases do not have the call. */
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
  /** The password of this run, for the test call, which needs it unencrypted. In memory only. */
  password: { readonly username: string; readonly text: string } | undefined;
  /** Whether this run has seen or declared that the tenant inherits its settings. @default not known */
  inherits: boolean | undefined;
  readonly shown: Singleton<Rows>;
  private version: number | undefined;

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
        const seen = ({ headers }: HttpResponse) => (this.version = apiVersionIn(headers));
        const rows = await readPages(api, doing, settings, { path: COLLECTION, signal, seen });
        return new Map(rows.map((row) => [row.Name, row]));
      },
    });
  }

  /** The version of the Web API; undefined where Orchestrator does not return it. */
  async apiVersion(signal: AbortSignal): Promise<number | undefined> {
    await this.shown.read(signal);
    return this.version;
  }

  /**
   * Writes these settings and no others.
   *
   * @throws ProblemError `uipath/no-tenant-mail` where the call or the settings are not there
   */
  async update(values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const answer = await this.shown.writing(() =>
      this.api.write(`write the mail settings of ${this.tenant}`, {
        method: "POST",
        path: `${ACTION}.UpdateBulk`,
        // The smallest body that is known to work. Scope is omitted: this call writes the tenant's own values.
        body: { settings: [...values].map(([Name, Value]) => ({ Name, Value })) },
        accept: NOT_THERE,
        // Repeating the same values does no harm.
        retry: "safe",
        signal,
      }),
    );
    if (NOT_THERE.includes(answer.status)) throw new ProblemError(noTenantMail(this.tenant, textOf(answer)));
  }

  /** Deletes the tenant's own values, so that the host's apply. Releases before 22.10 do not have the call. */
  delete(names: readonly string[], signal: AbortSignal): Promise<Deletion> {
    return this.shown.writing(async () => {
      const answer = await this.post(names, signal);
      if (answer.status < 300) return { offered: true, answer };
      // Whether names that were never set are accepted is not documented. If one is refused, each is deleted individually.
      if (!saysNotFound(answer)) return this.refused(answer);
      for (const name of names) {
        const single = await this.post([name], signal);
        if (single.status >= 300 && !saysNotFound(single)) return this.refused(single);
      }
      return { offered: true, answer };
    });
  }

  /** Makes Orchestrator send a test mail. Returns the raw answer: its meaning depends on more than its status. */
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

  /** A missing call is an answer; a refusal of an existing call is an error. */
  private refused(answer: HttpResponse): Deletion {
    if (answer.status === 400) throw this.api.refusal(this.deleting, answer);
    return { offered: false, answer };
  }

  private get deleting(): string {
    return `delete the mail settings of ${this.tenant}`;
  }
}

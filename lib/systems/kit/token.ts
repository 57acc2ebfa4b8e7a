import { elapsed, type Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import type { Redactor } from "../../core/redaction";
import { Snapshot } from "../../http/snapshot";
import type { Authenticator, HttpResponse, OutgoingRequest } from "../../http/types";
import { CallError } from "./rest-api";
import { sharedReading, type SystemWords } from "./words";

/** The result of a login. */
export interface Grant {
  readonly token: string;
  /** The life from now on. @default until the system refuses the token */
  readonly lifeSeconds?: number;
}

export interface TokenOptions {
  /** The system that the token is for. */
  readonly system: SystemWords;
  readonly clock: Clock;
  /** Learns every token. */
  readonly redactor: Redactor;
  /**
   * Logs in. Its requests must be `anonymous`, so that they do not queue behind those that wait for the token.
   *
   * @param signal aborts when nobody waits for the token any more
   * @throws ProblemError when the login is refused: it is not repeated in this run, since systems lock accounts after a few
   * failures. Any other error may be temporary.
   */
  acquire(signal: AbortSignal): Promise<Grant>;
  /** The scheme in front of the token in the Authorization header. @default "Bearer" */
  readonly scheme?: string;
  /** Whether an answer means that the token, not a right, is the cause. @default status 401 */
  refuses?(response: HttpResponse): boolean;
}

/** A token is renewed this long before it expires, or after nine tenths of a shorter life. */
const LEEWAY_MS = 30_000;

/**
 * A token that many requests share: acquired when the first needs it, again shortly before it expires, and once more when
 * the system refuses it.
 */
export class Token implements Authenticator {
  private readonly shared: Snapshot<string>;
  private renewAt = Infinity;
  private refusal: ProblemError | undefined;

  constructor(private readonly options: TokenOptions) {
    this.shared = new Snapshot((signal) => this.acquire(signal), sharedReading(options.system));
  }

  /** The present token. */
  async text(signal: AbortSignal): Promise<string> {
    if (this.refusal !== undefined) throw this.refusal;
    if (elapsed(this.options.clock) >= this.renewAt) this.forget();
    return this.shared.get(signal);
  }

  async authorize({ signal }: Pick<OutgoingRequest, "signal">): Promise<Record<string, string>> {
    return { Authorization: `${this.options.scheme ?? "Bearer"} ${await this.text(signal)}` };
  }

  refuses(response: HttpResponse): boolean {
    return this.options.refuses?.(response) ?? response.status === 401;
  }

  /** The HTTP client calls it once for all requests that were refused with the same token. */
  async renew(_refusal: HttpResponse, { signal }: Pick<OutgoingRequest, "signal">): Promise<boolean> {
    this.forget();
    await this.text(signal);
    return true;
  }

  private forget(): void {
    this.renewAt = Infinity;
    this.shared.invalidate();
  }

  private async acquire(signal: AbortSignal): Promise<string> {
    const { clock, redactor, acquire } = this.options;
    try {
      const { token, lifeSeconds } = await acquire(signal);
      redactor.add(token);
      const life = (lifeSeconds ?? Infinity) * 1000;
      this.renewAt = elapsed(clock) + Math.max(life - LEEWAY_MS, life * 0.9);
      return token;
    } catch (error) {
      // A call without an answer, an aborted or a throttled one says nothing about the login.
      if (error instanceof CallError && isPassing(error.status)) throw error.failed;
      if (error instanceof ProblemError) this.refusal = error;
      throw error;
    }
  }
}

const isPassing = (status: number | undefined) => status === undefined || status === 429 || status >= 500;

/** Authenticates by the same header with every request, such as an API key. The redactor learns the value. */
export function fixedHeader(name: string, value: string, redactor: Redactor): Authenticator {
  redactor.add(value);
  return { authorize: async () => ({ [name]: value }) };
}

/** Authenticates by user name and password with every request. */
export function basicLogin(username: string, password: string, redactor: Redactor): Authenticator {
  redactor.addCredentials(username, password);
  const word = Buffer.from(`${username}:${password}`).toString("base64");
  return { authorize: async () => ({ Authorization: `Basic ${word}` }) };
}

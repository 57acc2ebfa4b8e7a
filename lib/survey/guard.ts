import { ProblemError } from "../core/problem";
import type { HttpInterceptor, HttpResponse, OutgoingRequest } from "../http/types";
import { wouldWrite } from "./errors";

/** A request and its answer, unchanged. */
export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  readonly response: HttpResponse;
  readonly milliseconds: number;
}

/**
 * Allows only readings and the declared logins. It is the lowest layer of a system's client, so that no mistake above
 * it can change anything in the system.
 */
export class ReadOnlyGuard implements HttpInterceptor {
  /** The first answer of all. */
  first: HttpExchange | undefined;
  last: HttpExchange | undefined;
  /** The latest answer to a login. */
  login: HttpExchange | undefined;
  private readonly logins: ReadonlySet<string>;

  /** @param logins whole URLs, without a query */
  constructor(logins: readonly string[]) {
    this.logins = new Set(logins.map(addressOf));
  }

  /** @throws ProblemError `doctor/would-write` */
  sending({ method, url }: OutgoingRequest): void {
    if (method === "GET" || method === "HEAD" || this.isLogin(method, url)) return;
    throw new ProblemError(wouldWrite(method, addressOf(url)));
  }

  answered({ method, url }: OutgoingRequest, response: HttpResponse, milliseconds: number): void {
    const exchange = { method, url, response, milliseconds };
    this.first ??= exchange;
    this.last = exchange;
    if (this.isLogin(method, url)) this.login = exchange;
  }

  private isLogin(method: string, url: string): boolean {
    return method === "POST" && this.logins.has(addressOf(url));
  }
}

function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

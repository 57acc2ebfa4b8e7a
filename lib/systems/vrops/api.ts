import type { z } from "zod";
import { ProblemError } from "../../core/problem";
import { HttpError } from "../../http/error";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { callFailed, unexpectedAnswer } from "./errors";

/** A call that failed, in our words, with what the HTTP client knows of it for those who must decide. */
export class CallError extends ProblemError {
  constructor(
    doing: string,
    readonly failed: HttpError,
  ) {
    super(callFailed(doing, failed));
    this.name = "CallError";
  }

  get status(): number | undefined {
    return this.failed.status;
  }

  /** True when the call may have taken effect although it failed. A 500 counts: vROps answers it after writes, too. */
  get mayHaveHappened(): boolean {
    return this.failed.effectUnknown || (this.failed.status ?? 0) >= 500;
  }
}

/** Calls the API and believes only answers in the agreed form. */
export class Api {
  constructor(private readonly send: (request: HttpRequest) => Promise<HttpResponse>) {}

  /** @param doing completes "could not …" */
  async call(doing: string, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.send(request);
    } catch (error) {
      throw error instanceof HttpError ? new CallError(doing, error) : error;
    }
  }

  async read<T>(doing: string, schema: z.ZodType<T>, request: HttpRequest): Promise<T> {
    return this.parse(doing, schema, await this.call(doing, request));
  }

  parse<T>(doing: string, schema: z.ZodType<T>, response: HttpResponse): T {
    const parsed = schema.safeParse(response.data);
    if (parsed.success) return parsed.data;
    // Where, never what: answers may hold secrets.
    const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`);
    throw new ProblemError(unexpectedAnswer(doing, issues.slice(0, 5).join("; ")));
  }
}

/** For a status that was accepted as an answer, but turned out to be an error. */
export function asCallError(doing: string, response: HttpResponse): CallError {
  return new CallError(doing, new HttpError("status", "", "", `answered ${response.status}`, response));
}

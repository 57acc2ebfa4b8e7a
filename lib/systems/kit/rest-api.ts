import type { z } from "zod";
import { ProblemError, type Problem } from "../../core/problem";
import { HttpError } from "../../http/error";
import type { HttpRequest, HttpResponse } from "../../http/types";

/** A call that failed, in the vendor's room's words, with what the HTTP client knows of it for those who must decide. */
export class CallError extends ProblemError {
  constructor(
    problem: Problem,
    readonly failed: HttpError,
  ) {
    super(problem);
    this.name = "CallError";
  }

  get status(): number | undefined {
    return this.failed.status;
  }

  /** True when the call may have taken effect although it failed. A 500 counts: it may be answered after a write, too. */
  get mayHaveHappened(): boolean {
    return this.failed.effectUnknown || (this.failed.status ?? 0) >= 500;
  }
}

/** What a room says of calls that fail; `doing` completes "could not …". */
export interface CallWords {
  callFailed(doing: string, failed: HttpError): Problem;
  unexpectedAnswer(doing: string, issues: string): Problem;
}

/** Calls a vendor's REST API and believes only answers in the agreed form. */
export class RestApi {
  constructor(
    private readonly send: (request: HttpRequest) => Promise<HttpResponse>,
    private readonly words: CallWords,
  ) {}

  async call(doing: string, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.send(request);
    } catch (error) {
      throw error instanceof HttpError ? new CallError(this.words.callFailed(doing, error), error) : error;
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
    throw new ProblemError(this.words.unexpectedAnswer(doing, issues.slice(0, 5).join("; ")));
  }

  /** For a status that was accepted as an answer, but turned out to be an error. */
  refusal(doing: string, response: HttpResponse): CallError {
    const failed = new HttpError("status", "", "", `answered ${response.status}`, response);
    return new CallError(this.words.callFailed(doing, failed), failed);
  }
}

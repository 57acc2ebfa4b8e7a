import type * as z from "../../core/zod";
import { ProblemError } from "../../core/problem";
import type { HttpRequest, HttpResponse } from "../../http/types";
import type { RestApi } from "../kit/rest-api";
import { isPage } from "../kit/vendor-text";
import { textOf } from "./envelope";
import { noIdentityThere } from "./errors";

/** A possible address of the Identity service. */
export interface IdentityAddress {
  readonly url: string;
  readonly api: RestApi;
}

/** The answers of an address without the service: nothing there, or the portal's page with 200. */
const NOT_THERE: readonly number[] = [404, 405];

/**
 * The Identity service, at the first of its possible addresses that knows the call: UiPath's manual documents it below the
 * organization's address, administrators of Automation Suite report it at the host's.
 */
export class IdentityService {
  private found: RestApi | undefined;

  /** @param addresses the likeliest first; one when the user has set it */
  constructor(private readonly addresses: readonly [IdentityAddress, ...IdentityAddress[]]) {}

  /** The API for calls after a {@link read}, which has found the address. */
  get api(): RestApi {
    return this.found ?? this.addresses[0].api;
  }

  /** @throws ProblemError `uipath/no-identity-there` when no address knows the call */
  async read<T>(doing: string, schema: z.ZodMiniType<T>, request: HttpRequest): Promise<T> {
    if (this.found !== undefined) return this.found.read(doing, schema, request);
    const answers = await this.look(doing, request);
    const { api, response } = answers.at(-1)!;
    if (!isElsewhere(response)) return api.parse(doing, schema, response);
    const looked = answers.map((one) => `${one.url}: ${isPage(one.response) ? "a web page" : textOf(one.response)}`);
    throw new ProblemError(noIdentityThere(doing, looked));
  }

  /** Returns the raw answer to a call: of the first address that knows it, or of the likeliest one. */
  async call(doing: string, request: HttpRequest): Promise<HttpResponse> {
    if (this.found !== undefined) return this.found.call(doing, request);
    const answers = await this.look(doing, request);
    const { response } = answers.at(-1)!;
    return isElsewhere(response) ? answers[0]!.response : response;
  }

  /** Tries one address after the other until one knows the call. */
  private async look(doing: string, request: HttpRequest) {
    const answers: (IdentityAddress & { readonly response: HttpResponse })[] = [];
    for (const address of this.addresses) {
      const accept = [...(request.accept ?? []), ...NOT_THERE];
      const response = await address.api.call(doing, { ...request, accept });
      answers.push({ ...address, response });
      if (isElsewhere(response)) continue;
      this.found = address.api;
      break;
    }
    return answers;
  }
}

const isElsewhere = (response: HttpResponse) => NOT_THERE.includes(response.status) || isPage(response);

import { KeyedMutex } from "../../core/keyed-mutex";
import { Snapshot } from "../../http/snapshot";
import type { HttpRequest, HttpResponse } from "../../http/types";
import { CallError, openApi, type RestApi } from "../kit/rest-api";
import type { ApiRuntime } from "../kit/system";
import { basicLogin } from "../kit/token";
import { wordsIn } from "../kit/vendor-text";
import { sharedReading } from "../kit/words";
import { definitionMemberWords } from "./alert-definition-member.words";
import { candidatesOf, type Candidate } from "./candidates";
import { collectionsOf, type Collections } from "./collections";
import { integrations, messages, type Integration } from "./contract";
import { refusedValueOrRight } from "./errors";
import { levelMemberWords } from "./escalation-level-member.words";
import { isMask } from "./fingerprint";
import { levelId } from "./ids";
import type { MemberKind } from "./member-kinds";
import type { MemberPlace } from "./member-kinds";
import { MemberList } from "./members";
import type { UptrendsConnection } from "./settings";
import { uptrendsWords } from "./words";

/** Shorter values are words such as "prod": masking them would mask half of every line. */
const SHORTEST_SECRET = 12;

/** An Uptrends account; nothing is sent before the first call. */
export class UptrendsClient {
  readonly definitions: Collections["definitions"];
  readonly levels: Collections["levels"];
  readonly attachments: Collections["attachments"];
  private readonly mutex = new KeyedMutex();
  /** The definitions, in lower case, that this run has restored to their former values instead of deleting them. */
  readonly givenBack = new Set<string>();
  private readonly api: RestApi;
  private readonly lists = new Map<string, MemberList>();
  private readonly candidates: ReadonlyMap<MemberKind, Snapshot<readonly Candidate[]>>;
  private readonly integrations: Snapshot<readonly Integration[]>;

  /** The members of a definition, or of one of its levels; one list for each. */
  readonly members: (place: MemberPlace) => MemberList;

  constructor({ baseUrl, username, password }: UptrendsConnection, runtime: ApiRuntime) {
    const { redactor } = runtime;
    const api = (this.api = openApi({
      words: uptrendsWords,
      runtime,
      baseUrl,
      maxConcurrent: 4,
      authenticator: basicLogin(username, password, redactor),
      refusals: {
        wordsOf,
        explain: ({ doing, status, evidence }) => (status === 403 ? refusedValueOrRight(doing, evidence) : undefined),
      },
    }));
    const collections = collectionsOf(api, runtime.clock, ({ VariableValues }) => {
      for (const value of Object.values(VariableValues ?? {})) {
        if (value && value.length >= SHORTEST_SECRET && !isMask(value)) redactor.add(value);
      }
    });
    this.definitions = collections.definitions;
    this.levels = collections.levels;
    this.attachments = collections.attachments;
    this.members = (place) => {
      const key = place.level === undefined ? place.definition.toLowerCase() : levelId(place.definition, place.level);
      const words = place.level === undefined ? definitionMemberWords : levelMemberWords;
      const known = this.lists.get(key) ?? new MemberList(api, runtime.clock, words, place);
      this.lists.set(key, known);
      return known;
    };
    this.candidates = candidatesOf(api);
    this.integrations = new Snapshot(
      (signal) => api.read("list the integrations", integrations, { method: "GET", path: "/Integration", signal }),
      sharedReading(uptrendsWords),
    );
  }

  /** Reads the list of definitions, which later calls need as well. */
  async checkLogin(signal: AbortSignal): Promise<void> {
    await this.definitions.list(signal);
  }

  /** Returns the raw answer to a request, for callers that check its form themselves. */
  ask(doing: string, request: HttpRequest): Promise<HttpResponse> {
    return this.api.call(doing, request);
  }

  /** Serialises writes below one alert definition: whether Uptrends handles concurrent ones is not documented. */
  inTurn<T>({ definition }: { readonly definition: string }, write: () => Promise<T>): Promise<T> {
    return this.mutex.run(definition.toLowerCase(), write);
  }

  /**
   * Runs a call below a definition; undefined when the definition is gone. Uptrends answers such calls with 400, 403 or 404,
   * as it does much else, so only the definition itself can decide.
   */
  async below<T>(definition: string, call: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await call();
    } catch (error) {
      const maybe = error instanceof CallError && [400, 403, 404].includes(error.status ?? 0);
      if (maybe && (await this.definitions.get(definition, signal)) === undefined) return undefined;
      throw error;
    }
  }

  /** The monitors, operators or groups that the API account may see, one call per run. */
  candidatesOf(kind: MemberKind, signal: AbortSignal): Promise<readonly Candidate[]> {
    return this.candidates.get(kind)!.get(signal);
  }

  /** The integrations that the API account may use. One call per run: the API cannot change them. */
  allIntegrations(signal: AbortSignal): Promise<readonly Integration[]> {
    return this.integrations.get(signal);
  }
}

/** The words of an error answer: `{ "Messages": [{ "Message": … }] }`. */
function wordsOf({ data }: HttpResponse): readonly string[] {
  const parsed = messages.safeParse(data);
  const list = parsed.success ? (parsed.data.Messages ?? []) : [];
  const texts = list.flatMap(({ Message }) => (Message ? [Message] : []));
  return texts.length > 0 ? texts : wordsIn(data);
}

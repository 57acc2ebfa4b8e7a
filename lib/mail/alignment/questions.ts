import { reasonOf } from "../../core/clock";
import { messageOf } from "../../core/thrown";
import { printable } from "../../core/printable";
import { answerCode, isNegative, type NameServers, type Records, type RecordType } from "../wire/name-servers";

/** Enough for any sender that RFC 7208 allows in practice; a hostile zone could cause queries without end. */
const MAX_QUESTIONS = 64;
/** The limit of RFC 1035. */
const MAX_NAME = 253;
/** Ten times the size that RFC 7208 (section 3.4) recommends for a record; longer ones are not read. */
export const MAX_TEXT = 4_096;

/** The name servers gave no answer, so it is unknown whether there is a record. */
export class NoAnswer extends Error {
  /** Makes mailauth end with a temporary error, instead of ignoring the failed lookup. */
  readonly spfResult: { readonly error: "temperror"; readonly text: string };

  constructor(
    readonly question: string,
    readonly code: string,
  ) {
    super(`${question}: ${code}`);
    this.name = "NoAnswer";
    this.spfResult = { error: "temperror", text: this.message };
  }
}

/**
 * The DNS queries of one judgement: each is made once, all use the current signal, and their number is limited. This
 * folder makes no other queries.
 */
export class Questions {
  private readonly asked = new Map<string, Promise<unknown>>();
  private readonly failed: NoAnswer[] = [];

  constructor(
    private readonly servers: NameServers,
    /** Replaced by each stage. */
    public signal: AbortSignal,
  ) {}

  get described(): string {
    return this.servers.described;
  }

  /** The queries that have no answer so far. */
  get unanswered(): readonly NoAnswer[] {
    return this.failed;
  }

  /** The number of queries. */
  get count(): number {
    return this.asked.size;
  }

  wasAsked(name: string, type: RecordType): boolean {
    return this.asked.has(`${type} ${name}`);
  }

  /**
   * Queries one name. Rejects with `ENOTFOUND` or `ENODATA` where there is no record, with {@link NoAnswer} where that
   * is unknown.
   */
  ask<T extends RecordType>(name: string, type: T): Promise<Records[T]> {
    const asciiName = name.toLowerCase().replace(/\.$/, "");
    const question = `${type} ${printable(asciiName, 100)}`;
    if (this.signal.aborted) return Promise.reject(this.noAnswer(question, reasonOf(this.signal)));
    // No query is sent: the name cannot exist.
    if (asciiName.length > MAX_NAME) return Promise.reject(absent(question));
    const key = `${type} ${asciiName}`;
    const known = this.asked.get(key) as Promise<Records[T]> | undefined;
    if (known) return known;
    if (this.asked.size >= MAX_QUESTIONS) {
      return Promise.reject(this.noAnswer(question, `not asked, ${MAX_QUESTIONS} questions were asked before`));
    }
    const answer = this.servers.ask(asciiName, type, this.signal).catch((error: unknown) => {
      throw isNegative(error) ? absent(question) : this.noAnswer(question, error);
    });
    // The caller sees the rejection; a rejection that nobody awaits must not end the process.
    answer.catch(() => undefined);
    this.asked.set(key, answer);
    return answer;
  }

  /** The TXT records of a name, each in one piece; empty where there are none. */
  async texts(name: string): Promise<readonly string[]> {
    try {
      return (await this.ask(name, "TXT")).map((strings) => strings.join(""));
    } catch (error) {
      if (isNegative(error)) return [];
      throw error;
    }
  }

  /**
   * The queries in the form of `dns.promises.resolve` for mailauth: with copies, because it sorts in place, and limited
   * texts.
   */
  readonly resolve = async (name: string, type: string): Promise<string[]> => {
    const records: readonly unknown[] = await this.ask(name, type as RecordType);
    const answer = type === "TXT" ? (records as string[][]).map(shortened) : [...records];
    return answer as string[];
  };

  private noAnswer(question: string, why: unknown): NoAnswer {
    const text = typeof why === "string" ? why : answerCode(why) || messageOf(why);
    const error = new NoAnswer(question, printable(text, 100));
    this.failed.push(error);
    return error;
  }
}

/** Cuts texts: regular expressions over 60,000 characters could block the process for seconds. */
function shortened(strings: readonly string[]): string[] {
  return [strings.join("").slice(0, MAX_TEXT)];
}

function absent(question: string): Error {
  return Object.assign(new Error(`${question}: no such record`), { code: "ENOTFOUND" });
}

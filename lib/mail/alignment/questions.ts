import { reasonOf } from "../../core/clock";
import { messageOf } from "../../core/thrown";
import { printable } from "../../core/printable";
import { answerCode, isNegative, type NameServers, type Records, type RecordType } from "../wire/name-servers";

/** Enough for any sender that RFC 7208 allows in practice; a hostile zone could keep us asking for ever. */
const MAX_QUESTIONS = 64;
/** RFC 1035. */
const MAX_NAME = 253;
/** Ten times what RFC 7208 (section 3.4) advises for a record; what is longer is not looked at. */
export const MAX_TEXT = 4_096;

/** The name servers gave no answer, so nothing is known: neither that there is a record nor that there is none. */
export class NoAnswer extends Error {
  /** Makes mailauth end with a temporary error, instead of passing over what it could not look up. */
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
 * The questions of one judgement: each is asked once, all have the signal of the moment, and their number is
 * bounded. Nothing in this room asks for anything but through here.
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

  /** What stayed without an answer so far. */
  get unanswered(): readonly NoAnswer[] {
    return this.failed;
  }

  /** How many were asked. */
  get count(): number {
    return this.asked.size;
  }

  wasAsked(name: string, type: RecordType): boolean {
    return this.asked.has(`${type} ${name}`);
  }

  /** Rejects with `ENOTFOUND` or `ENODATA` where there is no record, with {@link NoAnswer} where nothing is known. */
  ask<T extends RecordType>(name: string, type: T): Promise<Records[T]> {
    const asciiName = name.toLowerCase().replace(/\.$/, "");
    const question = `${type} ${printable(asciiName, 100)}`;
    if (this.signal.aborted) return Promise.reject(this.noAnswer(question, reasonOf(this.signal)));
    // No server would be asked for it: the name cannot exist.
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
    // Whoever asks hears of it; that nobody might is no reason to crash.
    answer.catch(() => undefined);
    this.asked.set(key, answer);
    return answer;
  }

  /** Texts of a name, each in one piece; none where there are no such records. */
  async texts(name: string): Promise<readonly string[]> {
    try {
      return (await this.ask(name, "TXT")).map((strings) => strings.join(""));
    } catch (error) {
      if (isNegative(error)) return [];
      throw error;
    }
  }

  /** In the shape of `dns.promises.resolve`, as mailauth wants it: copies, which it sorts in place, and short texts. */
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

/** Regular expressions over a text of 60,000 characters could block the process for seconds. */
function shortened(strings: readonly string[]): string[] {
  return [strings.join("").slice(0, MAX_TEXT)];
}

function absent(question: string): Error {
  return Object.assign(new Error(`${question}: no such record`), { code: "ENOTFOUND" });
}

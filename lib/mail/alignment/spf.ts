import { printable } from "../../core/printable";
import { MAX_TEXT, type Questions } from "./questions";
import { withOwnDomain } from "./spf-macros";

/** The results of RFC 7208, section 2.6. */
export type SpfResult = "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror";

/** The result for one address. */
export interface SpfOutcome {
  readonly ip: string;
  readonly result: SpfResult;
  /** The term of the domain's own record that decided: "include:_spf.example.net", "-all". */
  readonly matched?: string;
  /** Why it is an error. */
  readonly why?: SpfFault;
  readonly lookups: number;
}

export type SpfFault =
  | { readonly kind: "too-many-lookups" }
  | { readonly kind: "loop"; readonly path: readonly string[] }
  | { readonly kind: "too-many-void" }
  | { readonly kind: "several-records"; readonly domain: string }
  | { readonly kind: "too-long"; readonly domain: string; readonly length: number }
  | { readonly kind: "no-record-included"; readonly domain: string }
  | { readonly kind: "syntax"; readonly words: string }
  /** `name` is what could not be looked up: the domain, or a name that its record refers to. */
  | { readonly kind: "no-answer"; readonly words: string; readonly name?: string };

export interface SpfSender {
  /** MAIL FROM. */
  readonly sender: string;
  readonly domain: string;
  readonly helo: string;
}

/** RFC 7208, section 4.6.4. */
export const MAX_LOOKUPS = 10;
/** The number of terms that are tried one by one to find the one that decided. */
const MAX_TERMS = 100;

const isSpf = (text: string) => /^v=spf1(?:\s|$)/i.test(text);

/** The SPF records of a domain: there should be one. Rejects with `NoAnswer`. */
export async function spfRecords(domain: string, questions: Questions): Promise<readonly string[]> {
  return (await questions.texts(domain)).filter(isSpf);
}

/** Texts that were meant as SPF records, and that no receiver accepts. */
export async function spfNearMisses(domain: string, questions: Questions): Promise<readonly string[]> {
  const near = /^\W{0,3}(?:v\s*(?:=\s*)?)?spf\s*v?\d?\b/i;
  return (await questions.texts(domain)).filter((text) => near.test(text.slice(0, 40)) && !isSpf(text));
}

export async function evaluateSpf(ip: string, from: SpfSender, questions: Questions): Promise<SpfOutcome> {
  const said = await evaluate(ip, from, resolverOf(questions));
  // Every query was answered, so it is the record that cannot be evaluated, today and tomorrow.
  const answered = questions.unanswered.length === 0;
  const evaluated = said.result === "temperror" && answered ? { ...said, result: "permerror" as const } : said;
  const outcome = { ip, result: evaluated.result, lookups: evaluated.lookups };
  switch (evaluated.result) {
    case "temperror":
    case "permerror":
      return { ...outcome, why: await faultOf(evaluated, from.domain, questions) };
    case "none":
      return outcome;
    default: {
      const matched = await matchedTerm(ip, from, questions);
      return matched === undefined ? outcome : { ...outcome, matched };
    }
  }
}

type Resolve = Questions["resolve"];

async function evaluate(ip: string, { sender, helo }: SpfSender, resolver: Resolve) {
  const { spf } = await import("./evaluators");
  const { status, lookups } = await spf({ ip, sender, helo, mta: "here", resolver });
  return {
    result: status.result as SpfResult,
    words: String(status.comment ?? "").replace(/^.*?during lookup of [^\s:]+:?\s*/, ""),
    lookups: lookups?.count ?? 0,
  };
}

/** Records for mailauth; one that is too long is an error, and must not be read in part. */
function resolverOf(questions: Questions): Resolve {
  return async (name, type) => {
    if (type !== "TXT") return questions.resolve(name, type);
    const texts = await questions.ask(name, "TXT").then((found) => found.map((strings) => strings.join("")));
    const long = texts.find((text) => isSpf(text) && text.length > MAX_TEXT);
    if (long !== undefined) throw tooLong(name, long.length);
    // The evaluator declares one form of answers for all types of records; for TXT it accepts lists of parts: hence the
    // cast.
    return texts.map((text) => [isSpf(text) ? withOwnDomain(text, name) : ""]) as unknown as string[];
  };
}

function tooLong(name: string, length: number): Error {
  const text = `record of ${name} too long: ${length}`;
  return Object.assign(new Error(text), { spfResult: { error: "permerror", text } });
}

/**
 * Finds the first term that lets the address through on its own: terms are tried in order, so it decided, whatever its
 * qualifier. This makes no new queries: every answer is known by now.
 */
async function matchedTerm(ip: string, from: SpfSender, questions: Questions): Promise<string | undefined> {
  const [record] = await spfRecords(from.domain, questions);
  if (record === undefined) return undefined;
  const terms = record.trim().split(/\s+/).slice(1, MAX_TERMS);
  const mechanisms = terms.filter((term) => !/^[a-z][\w.-]*=/i.test(term));
  const redirects = mechanisms.some(isAll) ? [] : terms.filter((term) => /^redirect=/i.test(term));
  const resolve = resolverOf(questions);
  for (const term of [...mechanisms, ...redirects]) {
    if (isAll(term)) return term;
    if (/^redirect=/i.test(term)) return term;
    const alone = `v=spf1 ${term.replace(/^[-+~?]/, "")} -all`;
    // A list of parts, as above.
    const resolver: Resolve = async (name, type) =>
      type === "TXT" && name === from.domain ? ([[alone]] as unknown as string[]) : resolve(name, type);
    if ((await evaluate(ip, from, resolver)).result === "pass") return printable(term, 100);
  }
  return undefined;
}

export const isAll = (term: string) => /^[-+~?]?all$/i.test(term);

/** mailauth describes faults in words only. */
async function faultOf(
  { result, words }: { readonly result: SpfResult; readonly words: string },
  domain: string,
  questions: Questions,
): Promise<SpfFault> {
  if (result === "temperror") {
    const last = questions.unanswered.at(-1);
    return last === undefined
      ? { kind: "no-answer", words: printable(words) }
      : { kind: "no-answer", words: last.message, name: last.question.replace(/^\S+ /, "") };
  }
  if (/^Too many DNS requests/.test(words)) {
    const path = await includeLoop(domain, questions);
    return path ? { kind: "loop", path } : { kind: "too-many-lookups" };
  }
  if (/^Too many void/.test(words)) return { kind: "too-many-void" };
  const [, several] = /^multiple SPF records found for (\S+)/.exec(words) ?? [];
  if (several !== undefined) return { kind: "several-records", domain: several };
  const [, long, length] = /^record of (\S+) too long: (\d+)/.exec(words) ?? [];
  if (long !== undefined) return { kind: "too-long", domain: long, length: Number(length) };
  const [, missing] = /^no SPF records found for (\S+)/.exec(words) ?? [];
  if (missing !== undefined) return { kind: "no-record-included", domain: printable(missing, 100) };
  return { kind: "syntax", words: printable(words, 200) || "a macro cannot be expanded" };
}

/**
 * Finds a loop of `include` and `redirect`. Follows only what was looked up, and no name twice: records can branch
 * without end.
 */
async function includeLoop(
  name: string,
  questions: Questions,
  way: readonly string[] = [],
  done = new Set<string>(),
): Promise<readonly string[] | undefined> {
  if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
  if (done.has(name) || !questions.wasAsked(name, "TXT")) return undefined;
  const [record = ""] = await spfRecords(name, questions).catch(() => []);
  for (const [, next] of record.slice(0, MAX_TEXT).matchAll(/\s[-+~?]?(?:include:|redirect=)([^\s%]+)/gi)) {
    const loop = await includeLoop(next!.toLowerCase().replace(/\.$/, ""), questions, [...way, name], done);
    if (loop) return loop;
  }
  done.add(name);
  return undefined;
}

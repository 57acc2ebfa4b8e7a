import type { Problem } from "../../core/problem";
import { remedyFor } from "../stage/remedy";
import { dkimKey, GOOD_RSA_BITS, keyName, type DkimKey } from "./dkim-key";
import type { DkimSignature } from "./dkim-signature";
import { verifySignatures } from "./dkim-signatures";
import type { AlignmentRequest } from "./alignment";
import type { AlignmentJudgement } from "./judgement";
import { dnsDomainOf, isAligned, organizationalDomain, type AlignmentMode } from "./organizational-domain";
import type { Questions } from "./questions";
import type { SecondOpinion } from "./receiver";
import { alignment as remedies } from "./remedies";

export interface DkimContext {
  readonly questions: Questions;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The mode by which DMARC compares the signer's domain with From. */
  readonly mode: () => Promise<AlignmentMode>;
  readonly secondOpinion: (ours: "pass" | "fail" | "none" | "temperror" | undefined) => SecondOpinion | undefined;
}

export async function judgeDkim(request: AlignmentRequest, context: DkimContext): Promise<AlignmentJudgement> {
  const domain = dnsDomainOf(request.from);
  if (request.raw) return judgeMessage(request.raw, domain, context);
  if (request.selectors.length > 0) return judgeKeys(request.selectors, domain, context);
  const problem = remedyFor(remedies.dkimNotVerifiable);
  return { status: "unavailable", passes: false, standing: "unknown", detail: problem.summary, problem };
}

async function judgeMessage(raw: Buffer, domain: string, context: DkimContext): Promise<AlignmentJudgement> {
  const { questions } = context;
  const signatures = await verifySignatures(raw, context.now, questions);
  if ("tooMuch" in signatures) {
    const problem = remedyFor(remedies.dkimTooMuch, { why: signatures.tooMuch });
    return { status: "unavailable", passes: false, standing: "unknown", detail: problem.summary, problem };
  }
  const mode = signatures.length === 0 ? "relaxed" : await context.mode();
  const judged: Aligned[] = [];
  for (const signature of signatures) {
    judged.push({ ...signature, aligned: await isAligned(signature.domain, domain, mode) });
  }
  const good = judged.find(({ fault, aligned }) => fault === undefined && aligned);
  const verified = judged.find(({ fault }) => fault === undefined);
  const undecided = judged.some(({ fault, aligned }) => fault === "no-answer" && aligned);
  const ours = verified ? "pass" : undecided ? "temperror" : judged.length === 0 ? "none" : "fail";
  const second = context.secondOpinion(ours);
  const told = judged.length === 0 ? "no signature" : judged.map(describe).join("; ");
  const detail = [told, second?.sentence].filter(Boolean).join("; ");

  if (good) {
    const problem = second?.disagreement ?? (await weakness(judged, domain, questions));
    return { status: problem ? "warning" : "passed", passes: true, standing: "pass", detail, problem };
  }
  if (undecided) {
    const question = judged.find(({ fault }) => fault === "no-answer")!.why ?? "";
    const problem = remedyFor(remedies.dnsFailed, { servers: questions.described, question, domain });
    return { status: "unavailable", passes: false, standing: "unknown", detail, problem };
  }
  // A fault of a signature that would have been aligned is the one to fix.
  const nearest = judged.find(({ aligned }) => aligned) ?? verified ?? judged[0];
  const problem = nearest ? problemOf(nearest, domain, mode, questions) : remedyFor(remedies.dkimUnsigned, { domain });
  return { status: "warning", passes: false, standing: "fail", detail, problem };
}

/** The weakness of passing signatures; one without a weakness is enough. */
async function weakness(
  judged: readonly Aligned[],
  domain: string,
  questions: Questions,
): Promise<Problem | undefined> {
  const good = judged.filter(({ fault, aligned }) => fault === undefined && aligned);
  const rsa = good.filter(({ algorithm }) => !algorithm.startsWith("ed25519"));
  if (rsa.length === 0) return remedyFor(remedies.dkimOnlyEd25519, { domain });
  const keys: UsedKey[] = [];
  for (const { selector, domain: signer } of rsa) {
    keys.push({ name: keyName(selector, signer), key: await dkimKey(selector, signer, questions) });
  }
  return weakOnly(keys);
}

interface UsedKey {
  readonly name: string;
  readonly key: DkimKey;
}

/**
 * Whether only RSA keys were used that verifiers accept, and that are shorter than signers should use. @see RFC 8301,
 * section 3.2
 */
function weakOnly(keys: readonly UsedKey[]): Problem | undefined {
  const weak = keys.map(({ name, key }) =>
    key.state === "usable" && key.type === "rsa" && key.bits < GOOD_RSA_BITS
      ? { key: name, bits: key.bits }
      : undefined,
  );
  const [first] = weak;
  return first !== undefined && weak.every((one) => one !== undefined)
    ? remedyFor(remedies.dkimKeyWeak, first)
    : undefined;
}

type Aligned = DkimSignature & { readonly aligned: boolean };

/** "example.com (selector alerts, rsa-sha256): pass, aligned" */
function describe({ domain, selector, algorithm, fault, why, aligned }: Aligned): string {
  const signer = `${domain || "?"} (selector ${selector || "?"}, ${algorithm || "?"})`;
  const result = fault === undefined ? "pass" : fault === "no-answer" ? `temperror: ${why}` : `fail: ${why ?? fault}`;
  return `${signer}: ${result}, ${aligned ? "aligned" : "not aligned"}`;
}

function problemOf(signature: Aligned, from: string, mode: AlignmentMode, questions: Questions): Problem {
  const { domain: signer, selector, fault, why = "" } = signature;
  const key = keyName(selector, signer);
  switch (fault) {
    case undefined:
      return remedyFor(remedies.dkimNotAligned, { signer, domain: from, mode });
    case "body-changed":
      return remedyFor(remedies.dkimBodyChanged, { signer, why });
    case "bad-signature":
      return remedyFor(remedies.dkimBadSignature, { signer, why, key });
    case "key-missing":
      return remedyFor(remedies.dkimKeyMissing, { key });
    case "key-revoked":
      return remedyFor(remedies.dkimKeyRevoked, { key });
    case "key-unusable":
      return remedyFor(remedies.dkimKeyUnusable, { key, why });
    case "key-short":
      return remedyFor(remedies.dkimKeyShort, { key, why });
    case "expired":
      return remedyFor(remedies.dkimExpired, { signer, why });
    case "body-partly-signed":
      return remedyFor(remedies.dkimBodyPartlySigned, { signer, why });
    case "from-not-signed":
      return remedyFor(remedies.dkimFromNotSigned, { signer });
    case "weak-algorithm":
      return remedyFor(remedies.dkimWeakAlgorithm, { signer });
    case "unreadable":
      return remedyFor(remedies.dkimUnreadable, { signer: signer || "an unknown domain", why });
    case "no-answer":
      return remedyFor(remedies.dnsFailed, { servers: questions.described, question: why, domain: signer });
  }
}

/** Without a message: checks that the keys of a signing server exist and are usable. */
async function judgeKeys(
  selectors: readonly string[],
  domain: string,
  { questions }: DkimContext,
): Promise<AlignmentJudgement> {
  const told: string[] = [];
  const keys: UsedKey[] = [];
  let problem: Problem | undefined;
  for (const selector of selectors) {
    const { name, key } = await firstKey(selector, domain, questions);
    keys.push({ name, key });
    told.push(`${name}: ${describeKey(key)}`);
    problem ??= problemOfKey(key, name);
  }
  const detail = `${told.join("; ")}; no message arrived on which a signature could be verified`;
  if (problem) return { status: "warning", passes: false, standing: "unknown", detail, problem };
  const ed25519 = keys.every(({ key }) => key.state === "usable" && key.type === "ed25519");
  const weak = ed25519 ? remedyFor(remedies.dkimOnlyEd25519, { domain }) : weakOnly(keys);
  if (weak)
    return {
      status: "warning",
      passes: true,
      standing: "unknown",
      detail: `${detail}; ${weak.summary}`,
      problem: weak,
    };
  return { status: "passed", passes: true, standing: "unknown", detail };
}

/** The key under the sender's own domain; without one, that of the organizational domain, which is aligned as well. */
async function firstKey(selector: string, domain: string, questions: Questions) {
  const own = { name: keyName(selector, domain), key: await dkimKey(selector, domain, questions) };
  const organization = await organizationalDomain(domain);
  if (own.key.state !== "missing" || organization === domain) return own;
  const key = await dkimKey(selector, organization, questions);
  return key.state === "missing" ? own : { name: keyName(selector, organization), key };
}

function describeKey(key: DkimKey): string {
  switch (key.state) {
    case "usable":
      return `${key.type} key of ${key.bits} bits${key.testing ? ", marked as a test (t=y)" : ""}`;
    case "missing":
      return "no key";
    case "revoked":
      return "revoked (p= is empty)";
    case "several":
      return "several records";
    case "short":
      return `rsa key of only ${key.bits} bits`;
    case "malformed":
      return key.why;
  }
}

function problemOfKey(state: DkimKey, key: string): Problem | undefined {
  switch (state.state) {
    case "usable":
      return undefined;
    case "missing":
      return remedyFor(remedies.dkimKeyMissing, { key });
    case "revoked":
      return remedyFor(remedies.dkimKeyRevoked, { key });
    case "several":
      return remedyFor(remedies.dkimKeySeveral, { key });
    case "short":
      return remedyFor(remedies.dkimKeyShort, { key, why: `${state.bits} bits` });
    case "malformed":
      return remedyFor(remedies.dkimKeyUnusable, { key, why: state.why });
  }
}

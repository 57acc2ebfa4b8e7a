import { someOf } from "../../../core/some-of";
import type { Problem } from "../../../core/problem";
import { either, prose, setting, type Prose } from "../../../core/prose";
import { importCommand, importFromCall, letGoAdvice } from "../../../core/terraform-text";
import { quoted, sentence, systemError, systemWarning, theObject, type ObjectRef, type ObjectWords } from "../words";

/** The problems of a create whose object already exists. */

/** The object existed and equals the declaration. `twins` are further equal ones, which stay unchanged. */
export const adopted = (words: ObjectWords, ref: ObjectRef, twins: readonly string[] = []): Problem =>
  systemWarning(words.system, "adopted", {
    summary: `${sentence(theObject(words, ref))} was already there, as declared: it is taken over, none was created`,
    ...at(words),
    ...(twins.length === 0
      ? {}
      : { got: `${twins.length + 1} that are equal; the others have the ids ${someOf(twins)}` }),
    fix: words.givesBack
      ? `Nothing, if it was made by hand: a destroy gives it back as it was found. If an earlier run that was cut short has made it, delete it by hand after a destroy. If another Terraform state manages it, ${letGoAdvice(words.type)}: both would change it.`
      : `Nothing, if an earlier run was cut short or it was made by hand. If another Terraform state manages it, ${letGoAdvice(words.type)}: both would change it, and destroying one would delete it for both.`,
  });

/** The object existed, differs, and `adopt_existing` permits changing it. */
export const adoptedWithChanges = (words: ObjectWords, ref: ObjectRef, differences: readonly string[]): Problem =>
  systemWarning(words.system, "adopted-changed", {
    summary: `${sentence(theObject(words, ref))} was already there, with other settings: it is taken over and changed, for adopt_existing is true`,
    ...at(words),
    got: differences.join("; "),
    fix: `Nothing: adopt_existing can be removed now. If another Terraform state manages it, ${letGoAdvice(words.type)}.`,
  });

/** The object exists and differs. `doubt` is a last sentence of the advice, for a system that cannot show whose it is. */
export const conflict = (words: ObjectWords, ref: ObjectRef, differences: readonly string[], doubt?: string): Problem =>
  systemError(words.system, "already-exists", {
    summary: `${sentence(theObject(words, ref))} exists already, with other settings`,
    ...at(words),
    got: differences.join("; "),
    expected:
      words.identifiedBy === undefined ? "none of its own yet, or exactly as declared" : "none, or one that is equal",
    fix: [
      ...prose`To manage the one that is there: ${commandFor(words, ref.id)}.`,
      ...(words.adoptExisting
        ? prose` To take it over and change it at once: ${setting("adopt_existing", "true")}.`
        : []),
      words.identifiedBy === "name" ? " Else choose another name." : "",
      doubt === undefined ? "" : ` ${doubt}`,
    ],
  });

/** Several existing objects could be the declared one, and none equals the declaration. */
export const ambiguous = (words: ObjectWords, ref: Pick<ObjectRef, "name">, ids: readonly string[]): Problem =>
  systemError(words.system, "ambiguous", {
    summary: `There are ${ids.length} ${words.kind}s${named(words, ref)}, and nothing says which one is meant`,
    ...at(words),
    got: `ids ${someOf(ids)}`,
    expected: "at most one",
    fix: prose`Import the right one: ${commandFor(words, ids[0])}. Or rename or remove all but one in ${words.system.title} (${words.where}), after looking which are in use.`,
  });

/** Somebody else has created an object of the same identity at the same time. */
export const appearedMeanwhile = (words: ObjectWords, ref: ObjectRef, others: readonly string[]): Problem =>
  systemWarning(words.system, "appeared-meanwhile", {
    summary: `While ${theObject(words, ref)} was created, somebody else created ${others.length > 1 ? "others" : "another one"}${named(words, ref)}`,
    ...at(words),
    got: `ids ${someOf([String(ref.id), ...others])}`,
    expected: "one",
    fix: `Look whether another Terraform state or a person made ${others.length > 1 ? "them" : "it"} (${words.where}). Where one is enough, keep one: the state that manages a spare one destroys it, a spare one of nobody is deleted by hand.`,
  });

/** The command that imports the object into the state; a placeholder stands for an unknown id. */
export function commandFor({ type, importId, system }: ObjectWords, id: ObjectRef["id"]): Prose {
  if ("none" in importId) return [`declare it as it is in ${system.title}`];
  const known = id === undefined || id === null ? "ID" : String(id);
  return either(importCommand(type, known), `${importFromCall(known)} on the construct's resource`);
}

/** The path of the attribute that identifies the object. */
const at = ({ identifiedBy }: ObjectWords) => (identifiedBy === undefined ? {} : { path: [identifiedBy] });

function named({ naming }: ObjectWords, { name }: Pick<ObjectRef, "name">): string {
  if (!name) return "";
  return naming === "phrase" ? ` ${name}` : ` named ${quoted(name)}`;
}

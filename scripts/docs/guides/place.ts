/** Where something that a guide speaks of is expressed here; each is looked up by a test. */
export type Place =
  | { readonly kind: "attribute"; readonly type: string; readonly name: string }
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "construct"; readonly name: string }
  | { readonly kind: "command"; readonly command: string; readonly option?: string }
  | { readonly kind: "rule"; readonly id: string }
  | { readonly kind: "problem"; readonly code: string }
  | { readonly kind: "page"; readonly path: string; readonly title: string };

/** `attribute("outbound_ovh_vrops_flow", "port")`; nested ones by a dot. */
export const attribute = (type: string, name: string): Place => ({ kind: "attribute", type, name });
/** A resource or a data source as a whole. */
export const type = (name: string): Place => ({ kind: "type", type: name });
/** `construct("AlertMail.testAfterDeploy")`: an export of the package, or a member of one. */
export const construct = (name: string): Place => ({ kind: "construct", name });
/** `command("doctor", "--systems")` */
export const command = (name: string, option?: string): Place =>
  option === undefined ? { kind: "command", command: name } : { kind: "command", command: name, option };
/** A rule of the policy. */
export const rule = (id: string): Place => ({ kind: "rule", id });
/** The code of a problem: an error or a warning of a plan or an apply. */
export const problem = (code: string): Place => ({ kind: "problem", code });
/** `page("vrops.md#users", "users")`, as seen from docs. */
export const page = (path: string, title: string): Place => ({ kind: "page", path, title });

/** Text with places in it. */
export type Prose = readonly (string | Place)[];

/** `` here`the flow's ${attribute(…)}` `` */
export const here = (texts: TemplateStringsArray, ...places: readonly Place[]): Prose =>
  texts.flatMap((text, index) => [text, ...places.slice(index, index + 1)]).filter((part) => part !== "");

/** One statement of a guide, in our own words. */
export interface Statement {
  readonly says: string;
  readonly here: Prose;
  /** Why there is nothing of it here. @default it is expressed here */
  readonly outOfScope?: true;
}

/** A vendor's guide. */
export interface Guide {
  /** "S0", as our notes call it. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly statements: readonly Statement[];
}

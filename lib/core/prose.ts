/**
 * Text that refers to settings of the user's. The same setting is an attribute in HCL, a prop in TypeScript and an option
 * on the command line; whoever shows the text writes the name that its reader knows.
 */
export type Prose = readonly ProsePart[];

export type ProsePart =
  | string
  | SettingReference
  /** Left out where one of its settings has no name: what only makes sense there. */
  | { readonly clause: Prose };

/** A setting by the name of its attribute, such as `smtp_port`; with the value that it should have. */
export interface SettingReference {
  readonly setting: string;
  readonly value?: string;
}

/** What a setting is called here; undefined where there is no such setting. */
export type NameOfSetting = (reference: SettingReference) => string | undefined;

/** `prose` as a template: `` say`Check ${setting("smtp_port")}.` `` */
export function say(strings: TemplateStringsArray, ...parts: readonly (ProsePart | Prose)[]): Prose {
  return strings.flatMap((text, index): ProsePart[] => {
    const part = parts[index];
    const next: readonly ProsePart[] = part === undefined ? [] : isProse(part) ? part : [part];
    return text === "" ? [...next] : [text, ...next];
  });
}

const isProse = (part: ProsePart | Prose): part is Prose => Array.isArray(part);

/** As one text. A setting without a name outside a clause is called by its attribute. */
export function renderProse(prose: Prose, name: NameOfSetting): string {
  return prose
    .map((part) => {
      if (typeof part === "string") return part;
      if ("setting" in part) return name(part) ?? asAttribute(part);
      return isKnown(part.clause, name) ? renderProse(part.clause, name) : "";
    })
    .join("");
}

function isKnown(prose: Prose, name: NameOfSetting): boolean {
  return prose.every((part) => typeof part === "string" || !("setting" in part) || name(part) !== undefined);
}

/** As HCL has it: `` `smtp_port` ``, or `security = "starttls"`. */
export function asAttribute({ setting, value }: SettingReference): string {
  if (value === undefined) return `\`${setting}\``;
  return `${setting} = ${/^\d+$/.test(value) ? value : JSON.stringify(value)}`;
}

/** Everything that a text refers to. */
export function settingsIn(prose: Prose): readonly SettingReference[] {
  return prose.flatMap((part) => {
    if (typeof part === "string") return [];
    return "setting" in part ? [part] : settingsIn(part.clause);
  });
}

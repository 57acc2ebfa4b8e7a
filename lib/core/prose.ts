/**
 * Text that refers to settings. The same setting is an attribute in HCL, a prop in TypeScript and an option on the command
 * line; whoever shows the text writes the name that its reader knows.
 */
export type Prose = readonly ProsePart[];

export type ProsePart =
  | string
  | SettingReference
  /** A clause that is left out where one of its settings, or `of`, has no name: it would make no sense there. */
  | { readonly clause: Prose; readonly of?: string };

/** A setting, by the name of its attribute (`smtp_port`), optionally with the value that it should have. */
export interface SettingReference {
  readonly setting: string;
  readonly value?: string;
}

export const setting = (name: string, value?: string): SettingReference => ({
  setting: name,
  ...(value === undefined ? {} : { value }),
});

/** Names a setting for one kind of reader; undefined where that reader has no such setting. */
export type NameOfSetting = (reference: SettingReference) => string | undefined;

/** Writes prose as a template: `` prose`Check ${setting("smtp_port")}.` `` */
export function prose(strings: TemplateStringsArray, ...parts: readonly (ProsePart | Prose)[]): Prose {
  return strings.flatMap((text, index): ProsePart[] => {
    const part = parts[index];
    const next: readonly ProsePart[] = part === undefined ? [] : isProse(part) ? part : [part];
    return text === "" ? [...next] : [text, ...next];
  });
}

const isProse = (part: ProsePart | Prose): part is Prose => Array.isArray(part);

/** Renders prose as one text. Outside a clause, a setting without a name appears under the name of its attribute. */
export function renderProse(prose: Prose, name: NameOfSetting): string {
  return prose
    .map((part) => {
      if (typeof part === "string") return part;
      if ("setting" in part) return name(part) ?? asAttribute(part) ?? part.setting;
      const said = (part.of === undefined || name({ setting: part.of }) !== undefined) && isKnown(part.clause, name);
      return said ? renderProse(part.clause, name) : "";
    })
    .join("");
}

function isKnown(prose: Prose, name: NameOfSetting): boolean {
  return prose.every((part) => typeof part === "string" || !("setting" in part) || name(part) !== undefined);
}

/** Names a setting as HCL does: `` `smtp_port` ``, or `security = "starttls"`. */
export const asAttribute: NameOfSetting = ({ setting, value }) => {
  if (setting === CDKTF) return undefined;
  if (value === undefined) return `\`${setting}\``;
  return `${setting} = ${/^\d+$|^(true|false)$/.test(value) ? value : JSON.stringify(value)}`;
};

/** Marks pieces of text for readers of Terraform's output. It works like a setting that only they have a name for. */
const TERRAFORM = "(terraform)";
export const HCL = "(hcl)";
const CDKTF = "(cdktf)";

/** A piece of text for those who run Terraform, which nobody does on the command line. */
export const whereTerraformRuns = (text: string): ProsePart => ({ clause: [text], of: TERRAFORM });

/** A text that differs between a configuration in HCL and a program with CDKTF. */
export const either = (hcl: string, cdktf: string): Prose => [
  { clause: [hcl], of: HCL },
  { clause: [cdktf], of: CDKTF },
];

const REFERENCE = /\{setting:([a-z_.]+)(?:=([^{}]*))?\}|\{terraform:([^{}]*)\}|\{(\w+)\}/g;

/**
 * Parses the template of a row: `{setting:smtp_port}` and `{setting:security=tls}` are references,
 * `{setting:auth_mechanism=$name}` one with a value that is filled in, `{terraform: where Terraform runs}` is for readers of
 * Terraform's output, and `fill` replaces `{name}`.
 */
export function fromTemplate(template: string, fill: (name: string) => string | Prose): Prose {
  const text = (name: string) => {
    const value = fill(name);
    return typeof value === "string" ? value : renderProse(value, asAttribute);
  };
  const parts: ProsePart[] = [];
  let done = 0;
  for (const found of template.matchAll(REFERENCE)) {
    const [all, setting, value, terraform, name] = found;
    if (found.index > done) parts.push(template.slice(done, found.index));
    done = found.index + all.length;
    if (setting !== undefined) {
      parts.push(
        value === undefined ? { setting } : { setting, value: value.startsWith("$") ? text(value.slice(1)) : value },
      );
    } else if (terraform !== undefined) parts.push(whereTerraformRuns(terraform));
    else {
      const filled = fill(name!);
      parts.push(...(typeof filled === "string" ? [filled] : filled));
    }
  }
  return done < template.length ? [...parts, template.slice(done)] : parts;
}

/**
 * Maps the references of a text to the settings of something else; a setting that has no counterpart is left out with its
 * clause.
 */
export function aboutSettings(prose: Prose, of: (reference: SettingReference) => SettingReference | undefined): Prose {
  return prose.flatMap((part): ProsePart[] => {
    if (typeof part === "string") return [part];
    if ("setting" in part) return [of(part) ?? part];
    const known = settingsIn(part.clause).every((reference) => of(reference) !== undefined);
    return known ? [{ ...part, clause: aboutSettings(part.clause, of) }] : [];
  });
}

/** Lists all settings that a text refers to. */
export function settingsIn(prose: Prose): readonly SettingReference[] {
  return prose.flatMap((part) => {
    if (typeof part === "string") return [];
    return "setting" in part ? [part] : settingsIn(part.clause);
  });
}

/**
 * The camelCase spelling of an attribute, as users of the constructs write it: `passwordWoVersion` for
 * `password_wo_version`.
 */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

export function camel(name: string): string {
  return name.replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Names whose values are secret whatever a provider says of them. A mark that is forgotten there is the usual way by which
 * a secret reaches a pull request.
 */
const SECRET =
  /(pass(word|wd|phrase|code)|secret|token|credential|authorization|bearer|private_?key|(api|access|application|consumer|signing|encryption|shared|account|storage)_?key|connection_?string|webhook|api_?url$|_wo$|(^|_)pwd($|_)|(^|_)pat$|sas_?url|cookie)/i;

/** What only speaks about the secret: its version, where it comes from. */
const ABOUT = /_(version|source|type|length|policy)$/i;

export function isSecretName(name: string): boolean {
  return SECRET.test(name) && !ABOUT.test(name);
}

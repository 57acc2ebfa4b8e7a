/**
 * Names whose values are treated as secret whatever a provider declares: a forgotten mark is the usual way by which a
 * secret reaches a pull request.
 */
const SECRET =
  /(pass(word|wd|phrase|code)|secret|token|credential|authorization|bearer|private_?key|(api|access|application|consumer|signing|encryption|shared|account|storage)_?key|connection_?string|webhook|api_?url$|_wo$|(^|_)pwd($|_)|(^|_)pat$|sas_?url|cookie)/i;

/** Names of facts about a secret: its version, its origin, its name. A `secret_id` is a secret itself. */
const ABOUT =
  /_(version|source|origin|type|kind|mode|method|format|length|policy|name|label|title|description|enabled|required|scopes?|algorithm|provider|backend|manager|variable|environment|count|ttl|age|expir(y|es|ation)|(created|updated|expires|rotated)_(at|on))$|(?<!secret)_ids?$/i;

export function isSecretName(name: string): boolean {
  return SECRET.test(name) && !ABOUT.test(name);
}

/** Fields beside a secret that name its owner and its scope: `{ username, password }`. */
const BESIDE =
  /^(user(_?name)?|login|account|host(_?name)?|server|port|address|url|endpoint|name|id|type|kind|realm|domain|e?mail|sender|from|to|protocol|security|method|region|scopes?)$/i;

export function isBesideSecret(name: string): boolean {
  return BESIDE.test(name);
}

import { spawnSync } from "node:child_process";

/**
 * The detached signature that the registries ask for, by gpg and its agent, which knows the passphrase.
 *
 * @param key the fingerprint or the address of a secret key; the registry of Terraform takes RSA and DSA only
 * @throws when there is no gpg or it does not sign
 */
export function signatureOf(
  content: Buffer | string,
  key: string,
  environment: NodeJS.ProcessEnv = process.env,
): Buffer {
  const args = ["--batch", "--local-user", key, "--detach-sign", "--output", "-"];
  const { status, stdout, stderr, error } = spawnSync("gpg", args, { input: content, env: environment });
  if (status === 0) return stdout;
  // A gpg that ends before it reads its input gives EPIPE too: what gpg says is the reason, where it says anything.
  const said = stderr?.toString().trim() || (error?.message ?? `it ended with ${status}`);
  throw new Error(
    `gpg does not sign with the key ${key}: ${said}\nSee what \`gpg --list-secret-keys\` has, or leave the key out: the release is then made without a signature.`,
  );
}

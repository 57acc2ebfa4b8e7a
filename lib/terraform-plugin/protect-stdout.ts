/**
 * Sends everything that is written to `process.stdout` to stderr instead. Terraform reads the first line on stdout as the
 * handshake, so a stray `console.log` of any dependency would keep the provider from starting. Call it before anything else
 * is imported; the handshake itself is written to the file descriptor.
 */
export function protectStdout(target: { readonly stderr: NodeJS.WritableStream } = process): void {
  Object.defineProperty(target, "stdout", { configurable: true, enumerable: true, get: () => target.stderr });
}

/**
 * Milliseconds since an arbitrary moment, unaffected by anybody who sets the machine's clock.
 *
 * Not by `performance.now()`: the first access to that global makes Node.js load a module, 2 ms in the provider's way.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

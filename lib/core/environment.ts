/** Environment variables, as a parameter. */
export type Environment = Readonly<Record<string, string | undefined>>;

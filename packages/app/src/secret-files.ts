import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

export type WithFiles = { readonly given: Environment; readonly faults: readonly string[] };

/**
 * The environment with what `NAME_FILE` leads to as `NAME`, for each known `NAME`: orchestrators hand out secrets as files.
 * A line break at the end of the file isn't a part of it. Set both ways, or not to be read, is a fault, which quotes nothing.
 */
export const withSecretFiles = (
  environment: Environment,
  names: readonly string[],
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): WithFiles => {
  const faults: string[] = [];
  const fromFiles: Record<string, string> = {};
  for (const name of names) {
    const path = environment[`${name}_FILE`] ?? '';
    if (path === '') continue;
    if ((environment[name] ?? '') !== '') faults.push(`${name}_FILE: must not be set beside ${name}`);
    else
      try {
        fromFiles[name] = read(path).replace(/\r?\n$/, '');
      } catch (error) {
        faults.push(`${name}_FILE: must be a file that can be read (${codeOf(error)})`);
      }
  }
  return { given: { ...environment, ...fromFiles }, faults };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'it cannot';

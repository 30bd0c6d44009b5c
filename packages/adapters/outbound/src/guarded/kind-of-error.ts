/** What an error calls itself: its code, or else its name. Judged by its shape, since errors come from several realms. */
export const kindOf = (error: unknown): string => {
  const { code, name }: { readonly code?: unknown; readonly name?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  return String(code ?? name ?? '');
};

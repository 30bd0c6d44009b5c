export type ShortMemory<Value> = {
  (key: string, ask: () => Promise<Value>): Promise<Value>;
  /** Forgets what stands under such keys, or everything: whoever asks from now on is told what is so now. */
  readonly forget: (concerns?: (key: string) => boolean) => void;
};

/** Remembers answers for a moment, at most so many of them: the oldest are forgotten first. */
export const shortMemory = <Value>({
  forMs,
  atMost,
  now,
}: {
  readonly forMs: number;
  readonly atMost: number;
  readonly now: () => number;
}): ShortMemory<Value> => {
  const known = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  const remember = (key: string, ask: () => Promise<Value>): Promise<Value> => {
    const found = known.get(key);
    if (found && now() < found.until) return found.value;
    known.delete(key);
    const value = ask();
    known.set(key, { value, until: now() + forMs });
    const [oldest] = known.keys();
    if (known.size > atMost && oldest !== undefined) known.delete(oldest);
    value.catch(() => known.delete(key));
    return value;
  };
  const forget = (concerns: (key: string) => boolean = () => true): void => {
    for (const key of [...known.keys()]) if (concerns(key)) known.delete(key);
  };
  return Object.assign(remember, { forget });
};

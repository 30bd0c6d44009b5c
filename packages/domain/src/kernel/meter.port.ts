export type Labels = Readonly<Record<string, string>>;

/** Counts and measures. Names and labels are those of the design; an implementation throws at others at once. */
export type Meter = {
  readonly count: (name: string, labels: Labels, by?: number) => void;
  readonly observe: (name: string, labels: Labels, value: number) => void;
  readonly set: (name: string, labels: Labels, value: number) => void;
};

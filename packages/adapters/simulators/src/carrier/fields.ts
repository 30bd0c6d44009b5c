export type Fields = Readonly<Record<string, unknown>>;

/** The properties of an object whose shape isn't known; of anything else, none. */
export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

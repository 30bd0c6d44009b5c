/** Where something goes or comes from. Texts are as given; `countryCode` is ISO 3166-1 alpha-2. */
export type Address = {
  readonly name: string;
  readonly company: string | null;
  readonly lines: readonly string[];
  readonly city: string;
  readonly region: string | null;
  /** Null where the country has none. */
  readonly postalCode: string | null;
  readonly countryCode: string;
  readonly phone: string | null;
  readonly email: string | null;
};

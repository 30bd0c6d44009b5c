/** Which addresses may be called. Public ones always may, over TLS. */
export type GuardPolicy = {
  /** Whether `http:` is taken beside `https:`. */
  readonly plainHttp: boolean;
  /** Null: any port. */
  readonly ports: readonly number[] | null;
  /** Networks that may be called though they aren't public, such as `127.0.0.0/8`. */
  readonly networks: readonly string[];
};

/** For production, and for everything that strangers can reach. */
export const publicOnly: GuardPolicy = { plainHttp: false, ports: [443], networks: [] };

/** For a developer's machine: also what listens on it and beside it. Link-local addresses, where clouds keep credentials, stay closed. */
export const alsoNearby: GuardPolicy = {
  plainHttp: true,
  ports: null,
  networks: ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
};

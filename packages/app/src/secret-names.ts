/** What secrets are called, in fields of ours (`webhookSecret`) and in the environment (`JWT_SECRET`) alike. */
const names = /secret|passw|passphrase|token|credential|authorization|cookie|sealed|keys?$|dsn$/i;

/** Whether whatever goes by this name may be read by nobody, whatever it is. */
export const isSecretName = (name: string): boolean => names.test(name);

/** Up to the last `@`: whoever forgot to encode a password may have an `@` or a slash in it. */
const whoConnects = /(:\/\/)[^\s"']*@/g;

/** A text without the user and the password of whatever URLs are in it. */
export const withoutLogins = (text: string): string =>
  text.includes('://') ? text.replace(whoConnects, `$1${REDACTED}@`) : text;

/** Stands where something may not be read. */
export const REDACTED = '[redacted]';

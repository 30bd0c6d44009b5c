import { validateHeaderName, validateHeaderValue } from 'node:http';

/** What belongs to the connection, and is written by whoever makes it. */
const ofTheConnection: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const isSound = (name: string, value: string): boolean => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return !ofTheConnection.has(name.toLowerCase());
  } catch {
    return false;
  }
};

/** Whether headers may be sent: well formed, so that none smuggles in another, and none of the connection's own. */
export const areSound = (headers: Readonly<Record<string, string>>): boolean =>
  Object.entries(headers).every(([name, value]) => isSound(name, value));

/** As they came, each name once. */
export const joined = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));

import { hostOf, isThisMachine, soundsUnreal } from './names.js';

const host = (url: string): string => hostOf(new URL(url));

it.each(['latest-db', 'devices.example.com', 'contest.example.com', 'attestation', 'db.prod.example.com', 'developers.example'])(
  'takes %s for real',
  (name) => {
    expect(soundsUnreal(name)).toBe(false);
  },
);

it.each([
  'db.test.example.com',
  'test-db',
  'TEST.example.com',
  'dev',
  'rappit_dev',
  'db-1.testing.internal',
  'sandbox7',
  '/rappit_test',
])('hears from %s that it is for tests or development', (name) => {
  expect(soundsUnreal(name)).toBe(true);
});

it.each([
  'postgresql://localhost/r',
  'postgresql://LOCALHOST./r',
  'postgresql://db.localhost/r',
  'postgresql://127.0.0.1:5432/r',
  'postgresql://127.1/r',
  'postgresql://0x7f.0.0.1/r',
  'postgresql://2130706433/r',
  'postgresql://[::1]/r',
  'postgresql://[::ffff:127.0.0.1]/r',
  'postgresql://0.0.0.0/r',
  'postgresql://%2Fvar%2Frun/r',
  'postgresql://host.docker.internal/r',
])('sees this machine in %s', (url) => {
  expect(isThisMachine(host(url))).toBe(true);
});

it.each([
  'postgresql://localhost.example.com/r',
  'postgresql://mylocalhost/r',
  'postgresql://10.127.0.1/r',
  'postgresql://[fd00::1]/r',
  'postgresql://production-db:5432/rappit',
])('sees another machine in %s', (url) => {
  expect(isThisMachine(host(url))).toBe(false);
});

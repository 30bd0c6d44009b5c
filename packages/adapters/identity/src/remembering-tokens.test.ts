import { type AccessTokens, OrganizationId, SessionId, UserId } from '@rappit/domain';
import { jwtAccessTokens } from './jwt-access-tokens.js';
import { rememberingTokens } from './remembering-tokens.js';

const start = Date.parse('2026-11-23T12:00:00Z');
const invalid = { ok: false, error: { code: 'token.invalid' } };
const issued = { userId: UserId('user-1'), organizationId: OrganizationId('org-1'), sessionId: SessionId('session') };

/** Tokens that live for a minute, a clock, and how often a token was really verified. */
const scene = () => {
  let clock = start;
  let verified = 0;
  const keys = [{ kid: 'k1', secret: 's'.repeat(32) }];
  const signed = jwtAccessTokens({ keys, issuer: 'rappit', audience: 'api', ttlSeconds: 60, now: () => new Date(clock) });
  const counted: AccessTokens = {
    issue: signed.issue,
    read: (token) => {
      verified += 1;
      return signed.read(token);
    },
  };
  const tokens = rememberingTokens(counted, () => clock);
  return {
    tokens,
    token: tokens.issue(issued).token,
    pass: (ms: number) => {
      clock += ms;
    },
    verified: () => verified,
  };
};

it('verifies a token once in a second', () => {
  const { tokens, token, pass, verified } = scene();
  for (let request = 0; request < 5; request += 1) expect(tokens.read(token)).toEqual({ ok: true, value: issued });
  pass(999);
  tokens.read(token);
  expect(verified()).toBe(1);
  pass(1);
  expect(tokens.read(token)).toEqual({ ok: true, value: issued });
  expect(verified()).toBe(2);
});

it('remembers none past its expiry', () => {
  const { tokens, token, pass, verified } = scene();
  pass(59_500);
  tokens.read(token);
  pass(499);
  tokens.read(token);
  expect(verified()).toBe(1);
  pass(1);
  tokens.read(token);
  expect(verified()).toBe(2);
  pass(5_000);
  expect(tokens.read(token)).toEqual(invalid);
});

it('remembers none longer because the clock was set back', () => {
  const { tokens, token, pass, verified } = scene();
  tokens.read(token);
  pass(-1);
  tokens.read(token);
  expect(verified()).toBe(2);
});

it('doesn’t remember a token that was refused, nor mistake another for one it knows', () => {
  const { tokens, token, verified } = scene();
  tokens.read(token);
  const forged = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
  expect([tokens.read(forged), tokens.read(forged)]).toEqual([invalid, invalid]);
  expect(verified()).toBe(3);
});

it('keeps ten thousand, and forgets the oldest first', () => {
  const { tokens, token, verified } = scene();
  tokens.read(token);
  const others = Array.from({ length: 10_000 }, (_, index) => tokens.issue({ ...issued, userId: UserId(`user ${index}`) }).token);
  for (const other of others) tokens.read(other);
  const before = verified();
  tokens.read(others.at(-1) ?? '');
  expect(verified()).toBe(before);
  tokens.read(token);
  expect(verified()).toBe(before + 1);
});

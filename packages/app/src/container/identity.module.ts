import { inProcessSignals } from '@rappit/domain';
import {
  argon2Passwords,
  hmacLinkTokens,
  jwtAccessTokens,
  keyIdOf,
  randomSecrets,
  rememberingTokens,
  sealingVault,
} from '@rappit/identity';
import { redisSignals } from '@rappit/limits';
import { v7 } from 'uuid';
import { loggable } from '../http/problems/unavailable.js';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Who is who, and what is kept secret. */
export const identityModule = wiring((provide) => {
  provide(tokens.ids, [], () => ({ next: () => v7() }));
  provide(tokens.secrets, [], () => randomSecrets);
  provide(tokens.linkTokens, [tokens.settings], ({ credentialKeys }) => hmacLinkTokens(credentialKeys.current.key));
  provide(tokens.passwords, [], () => argon2Passwords());
  provide(tokens.accessTokens, [tokens.settings], ({ jwtSecrets }) =>
    rememberingTokens(
      jwtAccessTokens({
        keys: [...new Set(jwtSecrets)].map((secret) => ({ kid: keyIdOf(secret), secret })),
        issuer: 'rappit',
        audience: 'rappit-api',
      }),
    ),
  );
  provide(
    tokens.openSignals,
    [tokens.settings, tokens.logger],
    ({ config: { redis } }, logger) => {
      const report = (error: unknown): void => logger.error({ err: loggable(error) }, 'a signal may not have been heard');
      return redis === null
        ? { ...inProcessSignals(report), ping: null, close: async () => undefined }
        : redisSignals(redis, report);
    },
    (signals) => signals.close(),
  );
  provide(tokens.signals, [tokens.openSignals], (signals) => signals);
  provide(tokens.vault, [tokens.settings], ({ credentialKeys }) => sealingVault(credentialKeys));
  provide(
    tokens.people,
    [
      tokens.accounts,
      tokens.accountRequests,
      tokens.passwords,
      tokens.accessTokens,
      tokens.secrets,
      tokens.linkTokens,
      tokens.mailer,
      tokens.signals,
    ],
    (accounts, accountRequests, passwords, accessTokens, secrets, linkTokens, mailer, signals) => ({
      accounts,
      accountRequests,
      passwords,
      tokens: accessTokens,
      secrets,
      linkTokens,
      mailer,
      signals,
      now: () => new Date(),
    }),
  );
});

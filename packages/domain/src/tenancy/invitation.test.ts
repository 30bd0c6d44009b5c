import {
  countedSince,
  InvitationId,
  invitationStatusOf,
  keptUntil,
  mailOf,
  mayBeAccepted,
  secondsUntilNextMail,
  sentOnce,
} from './invitation.js';
import { roles, UserId } from './member.js';
import { mayGive } from './still-may.js';

const at = (time: string, day = '05'): Date => new Date(`2026-01-${day}T${time}:00Z`);
const [mina, omar] = [UserId('mina'), UserId('omar')];
const drawn = {
  id: InvitationId('i1'),
  email: '',
  role: 'operator',
  language: 'en',
  createdAt: at('09:00'),
  endedAt: null,
} as const;

describe('an invitation', () => {
  it('counts for a day from when it was sent last, on behalf of whoever sent it then, and never by the same token', () => {
    const first = sentOnce(drawn, mina, at('09:00'));
    const second = sentOnce(first, omar, at('12:00'));
    expect(first).toMatchObject({ invitedBy: mina, sentAt: [at('09:00')], expiresAt: at('09:00', '06') });
    expect(second).toMatchObject({ invitedBy: omar, sentAt: [at('09:00'), at('12:00')], expiresAt: at('12:00', '06') });
    expect([mailOf(first), mailOf(second)]).toEqual(['i1.1', 'i1.2']);
  });

  it('can be accepted until the moment it expires, exclusively, and never once it has ended', () => {
    const sent = sentOnce(drawn, mina, at('09:00'));
    const [before, then] = [new Date(sent.expiresAt.getTime() - 1), sent.expiresAt];
    expect([mayBeAccepted(sent, before), invitationStatusOf(sent, before)]).toEqual([true, 'pending']);
    expect([mayBeAccepted(sent, then), invitationStatusOf(sent, then)]).toEqual([false, 'expired']);
    expect(mayBeAccepted({ ...sent, endedAt: at('09:30') }, at('10:00'))).toBe(false);
  });

  it('is kept for a week after it expired, and for an hour after it ended', () => {
    const sent = sentOnce(drawn, mina, at('09:00'));
    expect(keptUntil(sent)).toEqual(at('09:00', '13'));
    expect(keptUntil({ ...sent, endedAt: at('09:30') })).toEqual(at('10:30'));
  });

  it('lets its address be written to once and three times more within any hour', () => {
    const sent = [at('09:00'), at('09:10'), at('09:20'), at('09:30')];
    expect(countedSince(at('10:00'))).toEqual(at('09:00'));
    expect(secondsUntilNextMail(sent.slice(1), at('09:40'))).toBe(0);
    expect(secondsUntilNextMail(sent, at('09:40'))).toBe(20 * 60);
    expect(secondsUntilNextMail([...sent].reverse(), at('09:40'))).toBe(20 * 60);
    expect(secondsUntilNextMail([...sent, at('09:35')], at('09:40'))).toBe(30 * 60);
    expect(secondsUntilNextMail(sent, at('10:00'))).toBe(1);
  });
});

it('a role is given by nobody who has less, nor by whoever may not manage members', () => {
  const given = roles.map((held) => [held, roles.filter((role) => mayGive(held, role))]);
  expect(given).toEqual([
    ['admin', ['admin', 'manager', 'operator']],
    ['manager', []],
    ['operator', []],
  ]);
});

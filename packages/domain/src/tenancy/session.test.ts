import { OrganizationId } from '../kernel/index.js';
import { UserId } from './member.js';
import { isSessionOver, newSession, refreshedSession, type Session, SessionId } from './session.js';

const start = new Date('2026-01-01T00:00:00.000Z');
const daysLater = (days: number): Date => new Date(start.getTime() + days * 86_400_000);
const [here, there] = [OrganizationId('o1'), OrganizationId('o2')];
const opened = (device: string | null = null): Session =>
  newSession({ id: SessionId('s1'), userId: UserId('u1'), organizationId: here, device }, start);

describe('a session', () => {
  it('lasts for thirty days without a refresh', () => {
    expect(isSessionOver(opened(), daysLater(29.99))).toBe(false);
    expect(isSessionOver(opened(), daysLater(30))).toBe(true);
  });

  it('lasts on with each refresh, in the organization that was switched to', () => {
    const later = refreshedSession(opened(), there, daysLater(20));
    expect(later).toEqual({ ...opened(), organizationId: there, refreshedAt: daysLater(20), expiresAt: daysLater(50) });
  });

  it('ends after ninety days however often it was refreshed', () => {
    const busy = [20, 40, 60, 80].reduce((session, days) => refreshedSession(session, here, daysLater(days)), opened());
    expect(busy.expiresAt).toEqual(daysLater(90));
    expect(isSessionOver(busy, daysLater(90))).toBe(true);
  });

  it('is over once it was ended', () => {
    expect(isSessionOver({ ...opened(), endedAt: start }, start)).toBe(true);
  });

  it('keeps the beginning of what a device calls itself, and no half of a character', () => {
    expect(opened('🧵'.repeat(300)).device).toBe('🧵'.repeat(200));
    expect(opened().device).toBeNull();
  });
});

import type { Brand, OrganizationId } from '../kernel/index.js';

export type UserId = Brand<string, 'UserId'>;
export const UserId = (text: string): UserId => text as UserId;

/** From the most to the least that a member may do. */
export const roles = ['admin', 'manager', 'operator'] as const;
export type Role = (typeof roles)[number];

export type Organization = { readonly id: OrganizationId; readonly name: string; readonly createdAt: Date };

/** The languages that we write to people in. */
export const languages = ['en', 'ar'] as const;
export type Language = (typeof languages)[number];

/** An organization as its admins change it: `version` rises by one with each change. */
export type OrganizationProfile = Organization & { readonly version: number };

/** A person, who may belong to many organizations. `email` is as typed; it is compared in lower case. */
export type User = { readonly id: UserId; readonly email: string; readonly name: string; readonly language: Language };

/** A user in one organization, with the role held there. */
export type Member = { readonly organization: Organization; readonly user: User; readonly role: Role };

/** A member as the organization keeps them. */
export type JoinedMember = Member & { readonly joinedAt: Date };

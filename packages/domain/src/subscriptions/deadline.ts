/** Full access that ends on a day unless somebody pays: a trial, or the grace while a payment fails. */
export type Deadline = { readonly of: 'trial' | 'grace'; readonly endsAt: Date };

/** So many days before a deadline its admins are reminded of it; 0 is when it has come. */
export const reminderDays = [7, 3, 1, 0] as const;
export type ReminderDays = (typeof reminderDays)[number];

/** What was reminded of last. Its number counts the organization's reminders, from 1. */
export type Reminder = Deadline & { readonly days: ReminderDays; readonly number: number };

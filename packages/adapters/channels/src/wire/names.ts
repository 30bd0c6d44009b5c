/** First and last name, or the one that there is. */
export const fullName = (firstName: string | null, lastName: string | null): string | null =>
  firstName && lastName ? `${firstName} ${lastName}` : (firstName ?? lastName);

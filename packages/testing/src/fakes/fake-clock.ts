/** A clock that stands still until somebody moves it. */
export type FakeClock = {
  readonly now: () => Date;
  readonly advance: (milliseconds: number) => void;
  readonly set: (at: Date) => void;
};

/** Starts on 2026-01-05, a Monday, unless told otherwise. */
export const fakeClock = (start: Date = new Date('2026-01-05T09:00:00.000Z')): FakeClock => {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds;
    },
    set: (moment) => {
      at = moment.getTime();
    },
  };
};

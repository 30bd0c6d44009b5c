export const prices = { starter: 'price_starter', growth: 'price_growth', scale: 'price_scale' } as const;

/**
 * Charges a key, in one step: at no time have the last so many seconds seen more than the limit. What is turned away isn't charged.
 * A key's list holds the moment of each point, the oldest first, by Redis' own clock, and is forgotten a window after the last.
 * Given the points, and (third and fourth) the limit and its seconds; answers the points in use, which are beyond the limit when it was
 * turned away, and the milliseconds until enough of them are free again.
 */
export const slidingWindow = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local cost, limit, window = tonumber(ARGV[1]), tonumber(ARGV[3]), ARGV[4] * 1000
local oldest = redis.call('LINDEX', KEYS[1], 0)
while oldest and tonumber(oldest) <= now - window do
  redis.call('LPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], 0)
end
local used = redis.call('LLEN', KEYS[1])
if used + cost > limit then
  local leaves = redis.call('LINDEX', KEYS[1], used + cost - limit - 1) or now
  return { limit + 1, leaves + window - now }
end
for _ = 1, cost do redis.call('RPUSH', KEYS[1], now) end
if cost > 0 then redis.call('PEXPIRE', KEYS[1], window) end
return { used + cost, (oldest or now) + window - now }
`;

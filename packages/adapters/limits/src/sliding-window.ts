/**
 * Charges keys, one after the other in one step: at no time have the last so many seconds seen more than a key's limit. What is turned
 * away isn't charged. A key's list holds the moment of each point, the oldest first, by Redis' own clock, and is forgotten a window after
 * the last. Given of each key the points, the limit and its seconds; answers of each the points in use, which are beyond the limit when it
 * was turned away, and the milliseconds until enough of them are free again.
 */
export const slidingWindows = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answers = {}
for index, key in ipairs(KEYS) do
  local cost, limit, window = tonumber(ARGV[3 * index - 2]), tonumber(ARGV[3 * index - 1]), ARGV[3 * index] * 1000
  local oldest = redis.call('LINDEX', key, 0)
  while oldest and tonumber(oldest) <= now - window do
    redis.call('LPOP', key)
    oldest = redis.call('LINDEX', key, 0)
  end
  local used = redis.call('LLEN', key)
  if used + cost > limit then
    local leaves = redis.call('LINDEX', key, used + cost - limit - 1) or now
    answers[2 * index - 1] = limit + 1
    answers[2 * index] = leaves + window - now
  else
    for _ = 1, cost do redis.call('RPUSH', key, now) end
    if cost > 0 then redis.call('PEXPIRE', key, window) end
    answers[2 * index - 1] = used + cost
    answers[2 * index] = (oldest or now) + window - now
  end
end
return answers
`;

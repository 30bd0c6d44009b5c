import type { Scene } from './scene.test-kit.js';

/** Every text of a scene by its path, such as `account.token`. */
export type Texts = ReadonlyMap<string, string>;

export const textsOf = (scene: Scene): Texts => new Map(walk(scene, []));

const walk = (value: unknown, path: readonly string[]): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => walk(inner, [...path, name]));
};

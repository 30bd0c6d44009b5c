import { type Bind, ContainerModule } from 'inversify';
import type { Token } from './tokens.js';

type Bound<Given> = Given extends Token<infer Value> ? Value : never;
type Values<Needs extends readonly Token<unknown>[]> = { -readonly [Index in keyof Needs]: Bound<Needs[Index]> };

/** Binds a token to what `make` makes of what stands behind other tokens: once, when it is first needed, with everything typed. */
export type Provide = <Value, const Needs extends readonly Token<unknown>[]>(
  token: Token<Value>,
  needs: Needs,
  make: (...values: Values<Needs>) => Value | Promise<Value>,
  close?: (value: Value) => void | Promise<void>,
) => void;

const providing =
  (bind: Bind): Provide =>
  (token, needs, make, close) => {
    const binding = bind(token)
      .toResolvedValue((...values: unknown[]) => make(...(values as Parameters<typeof make>)), [...needs])
      .inSingletonScope();
    if (close) binding.onDeactivation((value) => close(value as Parameters<typeof close>[0]));
  };

/** A part of the wiring: one slice, one module. */
export const wiring = (describe: (provide: Provide) => void): ContainerModule =>
  new ContainerModule(({ bind }) => describe(providing(bind)));

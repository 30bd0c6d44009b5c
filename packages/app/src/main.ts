#!/usr/bin/env node
import { tracesAsked } from './tracing/traces-asked.js';

// First, since what is traced has to be wrapped before anybody loads it; and only where it is asked for, since that costs.
if (tracesAsked(process.env)) (await import('./tracing/tracing.js')).startTracing(process.env);
await import('./rappit.js');

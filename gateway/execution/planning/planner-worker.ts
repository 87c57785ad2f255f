import { parentPort, workerData } from 'node:worker_threads';
import { parse } from 'graphql';
import { OperationRefused } from '../operation-refused.ts';
import { loadSupergraph } from './load-supergraph.ts';
import { Planner } from './planner.ts';
import type { PlanningMessage, PlanningThreadData, PlanRequest } from './planning-message.ts';

// The code of a planning thread: it reads the supergraph once, then answers one request after the other.
const { supergraphSdl, ...options } = workerData as PlanningThreadData;
const planner = new Planner(loadSupergraph(supergraphSdl), options);

const plan = ({ source, operationName }: PlanRequest): PlanningMessage => {
  try {
    const document = parse(source, { noLocation: true });
    return { kind: 'planned', plan: planner.plan(document, operationName) };
  } catch (error) {
    const refusal = error instanceof OperationRefused ? error.errors[0] : undefined;
    if (refusal)
      return {
        kind: 'refused',
        code: String(refusal.extensions['code']),
        message: refusal.message,
      };
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
};

const say = (message: PlanningMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: PlanRequest) => say(plan(request)));
say({ kind: 'ready' });

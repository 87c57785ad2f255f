import { createHash } from 'node:crypto';
import type { SupplyRequestReport } from '../../subgraphs/clinical/ports.ts';
import { asObjects, asText, type JsonObject } from './json.ts';

const extensionUrl = 'urn:syncline:supply-request-report';

interface Reported {
  readonly sequence: number;
  readonly status: string | undefined;
  /** Of the ward's own content at the time, so that our own write can be told from the ward's. */
  readonly digest: string | undefined;
}

const isOurs = (extension: JsonObject): boolean => extension['url'] === extensionUrl;

const partsOf = (resource: JsonObject): readonly JsonObject[] =>
  asObjects(asObjects(resource['extension']).find(isOurs)?.['extension']);

const part = (parts: readonly JsonObject[], url: string): string | undefined =>
  asText(parts.find((each) => each['url'] === url)?.['valueString']);

/** What the hub wrote into the resource last; null when it never did. */
export const reportedIn = (resource: JsonObject): Reported | null => {
  const parts = partsOf(resource);
  const sequence = Number(part(parts, 'sequence') ?? Number.NaN);
  if (!Number.isFinite(sequence)) return null;
  return { sequence, status: part(parts, 'status'), digest: part(parts, 'digest') };
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
};

const others = (resource: JsonObject): readonly JsonObject[] =>
  asObjects(resource['extension']).filter((each) => !isOurs(each));

/** A digest of what the ward wrote: everything but the server's meta, the status and our extension. */
const digestOf = (resource: JsonObject): string => {
  const { meta: _meta, status: _status, extension: _extension, ...content } = resource;
  const text = JSON.stringify(sorted({ ...content, extension: others(resource) }));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
};

/** True when the version is nothing but our own report coming back. */
export const isOwnEcho = (resource: JsonObject): boolean => {
  const reported = reportedIn(resource);
  return (
    reported !== null &&
    reported.status === resource['status'] &&
    reported.digest === digestOf(resource)
  );
};

/** The status that the resource gets: what the ward itself ended stays ended. */
const statusAfter = (resource: JsonObject, report: SupplyRequestReport): unknown => {
  const current = resource['status'];
  const ended = current === 'cancelled' || current === 'entered-in-error';
  return ended && reportedIn(resource)?.status !== current ? current : report.status;
};

/** The resource with the report in it: its status, and an extension with summary and sequence. The rest stays as it was read. */
export const withReport = (resource: JsonObject, report: SupplyRequestReport): JsonObject => {
  const status = statusAfter(resource, report);
  const parts = {
    summary: report.summary,
    sequence: String(report.sequence),
    status: String(status),
    digest: digestOf(resource),
  };
  const ours = {
    url: extensionUrl,
    extension: Object.entries(parts).map(([url, valueString]) => ({ url, valueString })),
  };
  return { ...resource, status, extension: [...others(resource), ours] };
};

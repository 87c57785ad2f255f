import type { Changes } from '../../platform/call.ts';
import type { FhirClient } from './client.ts';
import { instantOf } from './dates.ts';
import { asObject, asText, type JsonObject } from './json.ts';

interface Feed {
  readonly client: FhirClient;
  readonly resourceType: string;
  readonly pageSize: number;
  /** How far each poll looks back: servers stamp a change before it can be seen. */
  readonly overlapMs: number;
}

const changedAt = (resource: JsonObject): string | null =>
  instantOf(asObject(resource['meta'])?.['lastUpdated']);

const versionKey = (resource: JsonObject): string =>
  `${asText(resource['id'])}|${asText(asObject(resource['meta'])?.['versionId']) ?? JSON.stringify(resource)}`;

const latestOf = (resources: readonly JsonObject[]): string | null =>
  resources
    .map(changedAt)
    .filter((each) => each !== null)
    .sort()
    .at(-1) ?? null;

const queryOf = (feed: Feed, from: string | null): string => {
  const page = `_sort=_lastUpdated&_count=${feed.pageSize}`;
  return `${feed.resourceType}?${from === null ? '' : `_lastUpdated=ge${from}&`}${page}`;
};

/** False for a server that ignores `_sort`: then a page says nothing about the next. */
const isAscending = (page: readonly JsonObject[]): boolean =>
  page.every(
    (each, at) => at === 0 || (changedAt(page[at - 1] ?? each) ?? '') <= (changedAt(each) ?? ''),
  );

interface Round {
  readonly resources: readonly JsonObject[];
  /** Where the next round starts; null when this was the last. */
  readonly next: string | null;
}

/**
 * Reads up to the first page that is later than `from`. Numbered pages shift while resources change, which would skip some;
 * so each round asks anew from the last instant, and follows `next` links only within one instant.
 */
const round = async (feed: Feed, from: string | null, signal: AbortSignal): Promise<Round> => {
  const resources: JsonObject[] = [];
  for await (const { resources: page, last } of feed.client.search(queryOf(feed, from), signal)) {
    resources.push(...page);
    const latest = latestOf(page);
    const later = latest !== null && (from === null || latest > from);
    // Not by the page's length: servers give fewer than they were asked for.
    if (!last && later && isAscending(page)) return { resources, next: latest };
  }
  return { resources, next: null };
};

/**
 * The resources that changed since the cursor (the latest change seen, an instant), each version once per call. Calls overlap,
 * so a version comes again in the next call. A resource that was deleted is in no search and does not come.
 */
export const changesOf = async (
  feed: Feed,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Changes<JsonObject>> => {
  const seen = new Map<string, JsonObject>();
  let from = cursor === null ? null : new Date(Date.parse(cursor) - feed.overlapMs).toISOString();
  do {
    const { resources, next } = await round(feed, from, signal);
    // The search may add an OperationOutcome of its own.
    for (const resource of resources)
      if (resource['resourceType'] === feed.resourceType) seen.set(versionKey(resource), resource);
    from = next;
  } while (from !== null);
  const records = [...seen.values()];
  return { records, cursor: latestOf(records) ?? cursor ?? new Date(0).toISOString() };
};

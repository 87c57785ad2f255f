import type { IncomingHttpHeaders } from 'node:http';
import { HttpRefusal } from './http-refusal.ts';

/** Any of these makes a browser ask first, and this server never says yes to another origin. */
const preflighted = ['x-apollo-operation-name', 'apollo-require-preflight', 'graphql-preflight'];

const json = /^application\/json *(?:;|$)/i;
const charset = /charset *= *"?([^";]*)/i;

/**
 * Refuses a POST that a page of another origin could make a browser send without asking: only a JSON content type, which
 * needs a preflight, is read. Throws HttpRefusal with 415.
 */
export const checkContentType = (contentType: string | undefined): void => {
  if (contentType === 'application/json') return;
  const encoding =
    charset
      .exec(contentType ?? '')?.[1]
      ?.trim()
      .toLowerCase() ?? 'utf-8';
  if (json.test(contentType ?? '') && (encoding === 'utf-8' || encoding === 'utf8')) return;
  throw new HttpRefusal(415, {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The body must be sent as application/json in UTF-8.',
  });
};

/**
 * Refuses a GET that another site made a browser send. Browsers name the relation of the sites in Sec-Fetch-Site;
 * whoever sends none is no browser and carries no cookies of ours. Throws HttpRefusal with 403.
 */
export const checkGetOrigin = (headers: IncomingHttpHeaders): void => {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  if (preflighted.some((name) => headers[name])) return;
  throw new HttpRefusal(403, {
    code: 'CROSS_SITE_REQUEST',
    message: `This request comes from another site. Send it by POST, or with one of the headers ${preflighted.join(', ')}.`,
  });
};

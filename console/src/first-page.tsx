import { useEffect } from 'react';
import { useQuery } from 'urql';
import { type HealthRow, overviewQuery, type RequestRow } from './operations.ts';
import { type Live, useLive } from './use-live.ts';

const clock = (instant: string): string =>
  new Date(instant).toLocaleTimeString([], { hour12: false });

/** For the eye only: the exact amount stays a string everywhere else. */
const shown = ({ amount, currency }: NonNullable<RequestRow['total']>): string =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(Number(amount));

const Systems = ({ rows }: { readonly rows: readonly HealthRow[] }) => (
  <section aria-label="Systems">
    <h2>Systems</h2>
    <ul className="systems">
      {rows.map((row) => (
        <li key={row.system} className={row.status.toLowerCase()} title={row.lastError ?? ''}>
          <b>{row.system}</b>
          <span>
            {row.status === 'UP' ? `up · ${row.latencyMs ?? '–'} ms` : row.status.toLowerCase()}
          </span>
          <small>{row.status === 'UP' ? row.purpose : (row.lastError ?? row.purpose)}</small>
        </li>
      ))}
    </ul>
  </section>
);

const Request = ({ row }: { readonly row: RequestRow }) => (
  <tr>
    <td>
      <b className="number">{row.number}</b>
      <small>{row.priority.toLowerCase()}</small>
    </td>
    <td>
      {row.department.name}
      <small>{row.facility.name}</small>
    </td>
    <td className="amount">
      {row.total === null ? '–' : shown(row.total)}
      {row.offContract ? <small className="flag">off contract</small> : null}
    </td>
    <td>
      <span className="status">{row.status.replaceAll('_', ' ').toLowerCase()}</span>
    </td>
    <td>
      {row.nextAction === null ? (
        '–'
      ) : (
        <>
          <b>{row.nextAction.waitingOn}</b>: {row.nextAction.action}
          <small>
            since {clock(row.nextAction.since)} · {row.nextAction.why}
          </small>
        </>
      )}
    </td>
  </tr>
);

const Requests = ({
  rows,
  total,
}: {
  readonly rows: readonly RequestRow[];
  readonly total: number;
}) => (
  <section aria-label="Requests in flight">
    <h2>
      Requests in flight <em>{total}</em>
    </h2>
    {rows.length === 0 ? (
      <p className="empty">
        Nothing is in flight. The wards ask from time to time; it will show here by itself.
      </p>
    ) : (
      <table>
        <thead>
          <tr>
            <th>Request</th>
            <th>For</th>
            <th>Total</th>
            <th>Status</th>
            <th>Next</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Request key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const Changes = ({ changes, problem }: Live) => (
  <section aria-label="Live status changes">
    <h2>Live</h2>
    {problem === null ? null : (
      <p className="problem" role="status">
        {problem}
      </p>
    )}
    {changes.length === 0 && problem === null ? (
      <p className="empty">Waiting for the next change…</p>
    ) : null}
    <ol className="live">
      {changes.map((change) => (
        <li key={change.id}>
          <time>{clock(change.occurredAt)}</time>
          <span className="kind">{change.documentType.replaceAll('_', ' ').toLowerCase()}</span>
          <span>
            {change.summary}
            <small>{change.facility?.name}</small>
          </span>
        </li>
      ))}
    </ol>
  </section>
);

/** How old what the page shows of the systems may be, in milliseconds. */
const rereadMs = 5_000;

/** How the systems are, what is in flight and whom it waits for, and what changes right now. */
export const FirstPage = ({ token }: { readonly token: string }) => {
  const [overview, refresh] = useQuery({ query: overviewQuery });
  const { changes, problem } = useLive(token);
  const newest = changes[0]?.id;
  useEffect(() => {
    if (problem !== null) return;
    const read = (): void => refresh({ requestPolicy: 'network-only' });
    // Many changes in a row make one new reading.
    const soon = setTimeout(read, 400);
    // A system that falls silent changes no document, so nothing would tell of it.
    const later = setInterval(read, rereadMs);
    return () => {
      clearTimeout(soon);
      clearInterval(later);
    };
  }, [newest, problem, refresh]);
  if (overview.error !== undefined && overview.data === undefined)
    return (
      <p className="problem">
        The hub did not answer: {overview.error.message}. Is it still running?
      </p>
    );
  const data = overview.data;
  if (data === undefined) return <p className="empty">Reading…</p>;
  return (
    <div className="columns">
      <div>
        <Systems rows={data.systemHealth} />
        <Requests
          rows={data.requisitions.edges.map((edge) => edge.node)}
          total={data.requisitions.totalCount}
        />
        {data.exceptions.edges.length === 0 ? null : (
          <section aria-label="Waits for a person">
            <h2>Waits for a person</h2>
            <ul className="exceptions">
              {data.exceptions.edges.map(({ node }) => (
                <li key={node.id}>
                  <b>{node.ownerRole}</b> {node.message}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <Changes changes={changes} problem={problem} />
    </div>
  );
};

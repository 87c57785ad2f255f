import { startOrderHub } from './order-hub.ts';
import { ringLog } from './ring-log.ts';

/*
 * The order hub as a process that can be killed. EVENTS is how many events its log holds from the start: what a log on disk
 * would still hold. Takes { append: number } and 'live' from the parent.
 */

const log = ringLog();
const append = (count: number): readonly string[] =>
  Array.from({ length: count }, () => log.append({}).id);
append(Number(process.env['EVENTS'] ?? 0));
const hub = await startOrderHub({ log });
process.on('message', (message: { readonly append: number } | 'live') => {
  process.send?.(message === 'live' ? hub.fanOut.stats().live : append(message.append));
});
process.send?.(hub.http);

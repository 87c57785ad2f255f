// Preloaded into every measured process: answers what it has used so far, without a word of its own code.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('message', (message) => {
  if (message !== 'usage' && message !== 'collect') return;
  if (message === 'collect') collect();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const heapBytes = heapUsed + external;
  process.send?.({ cpuMs: (user + system) / 1000, rssBytes: rss, heapBytes });
});
process.channel?.unref();

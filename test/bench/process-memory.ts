import { readdir, readFile } from 'node:fs/promises';

const megabyte = 1024;

const childrenOf = async (pid: number): Promise<number[]> => {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
};

/** Every process below this one. */
const descendantsOf = async (pid: number): Promise<number[]> => {
  const children = await childrenOf(pid);
  const below = await Promise.all(children.map(descendantsOf));
  return [...children, ...below.flat()];
};

const memoryOf = async (pid: number): Promise<{ rss: number; pss: number }> => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return { rss: kilobytes('Rss') / megabyte, pss: kilobytes('Pss') / megabyte };
};

/** Memory in MB of a process, and of all its children with shared pages counted once (PSS); null where there is no /proc. */
export const processMemory = async (pid: number) => {
  if (process.platform !== 'linux') return null;
  const own = await memoryOf(pid);
  const children = await Promise.all((await descendantsOf(pid)).map(memoryOf));
  const sum = (key: 'rss' | 'pss'): number => children.reduce((total, one) => total + one[key], 0);
  return { hubRssMb: own.rss, childrenPssMb: sum('pss'), childrenRssMb: sum('rss') };
};

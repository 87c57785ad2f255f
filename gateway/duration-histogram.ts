import type { Histogram, MetricType, Registry } from 'prom-client';

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** How many durations fell into each bucket, the last one being everything above. */
  readonly counts: number[];
  sum: number;
}

interface Shape {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** Upper bounds of the buckets, in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * A histogram of durations for prom-client's registry. prom-client's own checks and rebuilds the labels of every
 * observation, which for the sixteen observations of one query costs 10 µs.
 */
export class DurationHistogram {
  readonly name: string;
  readonly type = 'histogram';
  readonly help: string;
  readonly aggregator = 'sum';
  readonly #labelNames: readonly string[];
  readonly #series = new Map<string, Series>();

  constructor({ name, help, labelNames }: Shape, registry: Registry) {
    this.name = name;
    this.help = help;
    this.#labelNames = labelNames;
    registry.registerMetric(this as unknown as Histogram);
  }

  /** The label values in the order of the label names. */
  observe(ms: number, first: string, second = ''): void {
    const series = this.#series.get(first + second) ?? this.#add(first, second);
    const duration = ms / 1_000;
    let bucket = 0;
    while (bucket < bounds.length && duration > (bounds[bucket] ?? 0)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += duration;
  }

  /** What prom-client asks a metric for. */
  get(): Promise<object> {
    const { name, type, help, aggregator } = this;
    const values = [...this.#series.values()].flatMap((series) => this.#lines(series));
    return Promise.resolve({ name, type: type as unknown as MetricType, help, aggregator, values });
  }

  #add(...values: string[]): Series {
    const labels = Object.fromEntries(
      this.#labelNames.map((label, at) => [label, values[at] ?? '']),
    );
    const series = { labels, counts: [...bounds, 0].map(() => 0), sum: 0 };
    this.#series.set(values.join(''), series);
    return series;
  }

  #lines({ labels, counts, sum }: Series): object[] {
    let total = 0;
    const buckets = counts.map((count, at) => {
      total += count;
      const le = bounds[at] ?? '+Inf';
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: total },
    ];
  }
}

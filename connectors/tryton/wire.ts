/** How Tryton's JSON writes what JSON has no word for. */
export const wire = {
  decimal: (value: string) => ({ __class__: 'Decimal', decimal: value }),

  /** From YYYY-MM-DD. */
  date: (value: string) => {
    const [year, month, day] = value.split('-').map(Number);
    return { __class__: 'date', year, month, day };
  },

  /** From an ISO instant in UTC. */
  instant: (value: string) => {
    const at = new Date(value);
    return {
      __class__: 'datetime',
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
      microsecond: at.getUTCMilliseconds() * 1000,
    };
  },
} as const;

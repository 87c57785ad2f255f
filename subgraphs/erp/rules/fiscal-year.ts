/**
 * The fiscal year of a day (YYYY-MM-DD), named after the calendar year in which it ends; with a start in January that is the
 * calendar year itself.
 */
export const fiscalYear = (day: string, startMonth: number): number => {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return startMonth > 1 && month >= startMonth ? year + 1 : year;
};

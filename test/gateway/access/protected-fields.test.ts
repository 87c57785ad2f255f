import { beforeEach, describe, expect, test } from '@jest/globals';
import { openGraph } from '../execution/worlds/small-graph.ts';
import { openClinic, somebody } from './clinic-graph.ts';

const denied = (...path: (string | number)[]) => ({
  message: 'Unauthorized field or type',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

const clinic = await openClinic();
beforeEach(() => {
  clinic.sent.length = 0;
});

describe('what may not be read', () => {
  test('is null with an error where it was asked for, and everything else is there', async () => {
    expect(await clinic.ask(null, '{ open mine: tax nurse { pay: bonus name } }')).toEqual({
      errors: [denied('mine'), denied('nurse', 'pay')],
      data: { open: 7, mine: null, nurse: { pay: null, name: 'Nora' } },
    });
  });

  test('takes its object with it where null is not allowed, as far up as null is forbidden', async () => {
    expect(await clinic.ask(null, '{ open nurse { name pin } }')).toEqual({
      errors: [denied('nurse', 'pin')],
      data: { open: 7, nurse: null },
    });
    expect(await clinic.ask(null, '{ nurses { name pin } }')).toEqual({
      errors: [denied('nurses', 0, 'pin'), denied('nurses', 1, 'pin')],
      data: null,
    });
    expect(await clinic.ask(null, '{ open report }')).toEqual({
      errors: [denied('report')],
      data: null,
    });
  });

  test('is told with the places of lists in lists', async () => {
    expect(await clinic.ask(null, '{ wards { name code } }')).toEqual({
      errors: [denied('wards', 0, 0, 'code'), denied('wards', 0, 1, 'code')],
      data: {
        wards: [
          [
            { name: 'west', code: null },
            { name: 'east', code: null },
          ],
          [],
        ],
      },
    });
  });

  test('costs no subgraph a request when nothing else was asked for', async () => {
    expect(await clinic.ask(null, '{ tax surgeon { name } nurse { bonus } }')).toEqual({
      errors: [denied('tax'), denied('surgeon'), denied('nurse')],
      data: { tax: null, surgeon: null, nurse: null },
    });
    expect(clinic.sent).toEqual([]);
  });

  test('is not fetched for others either: the subgraph of salaries hears nothing', async () => {
    await clinic.ask(null, '{ nurse { name account cost } }');
    expect(clinic.sent.map(({ operation }) => operation)).toEqual(['{nurse{name}}']);
  });

  test('is not done, when it is a mutation; the others are, in their order', async () => {
    const source = 'mutation { first: greet pay last: greet }';
    expect(await clinic.ask(somebody('hr'), source)).toEqual({
      errors: [denied('pay')],
      data: { first: 'hello', pay: null, last: 'hello' },
    });
    expect(clinic.sent.map(({ operation }) => operation).join()).not.toContain('pay');
    expect((await clinic.ask(somebody('pay'), source)).data).toMatchObject({ pay: 'paid' });
  });

  test('is no answer to a skipped field, and no error of one', async () => {
    const source =
      'query($no: Boolean! = false) { open tax @include(if: $no) report @include(if: $no) }';
    expect(await clinic.ask(null, source)).toEqual({ data: { open: 7 } });
    expect(await clinic.ask(null, source, { no: true })).toMatchObject({ data: null });
  });

  test('cannot be given as an argument either, wherever in it the protected value stands', async () => {
    for (const given of ['grade: A', 'by: { grade: A }', 'by: { not: { not: { grade: B } } }']) {
      expect(await clinic.ask(somebody(), `{ graded(${given}) }`)).toEqual({
        errors: [denied('graded')],
        data: { graded: null },
      });
      expect((await clinic.ask(somebody('grades'), `{ graded(${given}) }`)).data).toEqual({
        graded: 3,
      });
    }
    const source = 'query($by: GradeFilter) { graded(by: $by) }';
    expect((await clinic.ask(null, source, { by: { grade: 'A' } })).data).toEqual({ graded: null });
    expect((await clinic.ask(null, '{ graded }')).data).toEqual({ graded: 3 });
  });

  test('is found behind inputs that hold each other, whichever is looked at first', async () => {
    const { run } = await openGraph({
      a: {
        sdl: `type Query { one(by: One): Int two(by: Two): Int }
          input One { two: Two code: Code } input Two { one: One } scalar Code @authenticated`,
        resolvers: { Query: { one: () => 1, two: () => 2 } },
      },
    });
    const { data } = await run('{ one(by: {}) two(by: {}) }');
    expect(data).toEqual({ one: null, two: null });
  });

  test('leaves refusals what they are: variables that do not fit run nothing', async () => {
    const source = 'query($by: GradeFilter!) { graded(by: $by) }';
    await expect(clinic.ask(null, source, {})).rejects.toThrow('$by');
    expect(clinic.sent).toEqual([]);
  });

  test('is in the schema that clients may ask for', async () => {
    const source = '{ __type(name: "Nurse") { fields { name } } tax }';
    const { data } = await clinic.ask(null, source);
    expect(JSON.stringify(data)).toContain('"pin"');
    expect(data).toMatchObject({ tax: null });
  });

  test('is told a thousand times and not more', async () => {
    const people = Array.from({ length: 1_500 }, (_, at) => ({ name: `P${at}`, pin: '1' }));
    const { run } = await openGraph({
      a: {
        sdl: 'type Query { people: [P] } type P { name: String pin: String @authenticated }',
        resolvers: { Query: { people: () => people } },
      },
    });
    const { data, errors } = await run('{ people { name pin } }');
    expect(errors).toHaveLength(1_000);
    expect(JSON.stringify(data)).not.toContain('"1"');
  });
});

describe('objects whose type is known only once they are there', () => {
  test('are null with an error when they may not be read, and their type is not told', async () => {
    expect(await clinic.ask(null, '{ found { __typename ... on Porter { name } } }')).toEqual({
      errors: [denied('found', 0), denied('found', 2)],
      data: {
        found: [
          null,
          { __typename: 'Porter', name: 'Pia' },
          null,
          { __typename: 'Ward' },
          { __typename: 'Nurse' },
          null,
        ],
      },
    });
  });

  test('may be called anything by the client, even by the name that the gateway asks their type under', async () => {
    const source = '{ found { access__type: __typename ... on Porter { access__type_: name } } }';
    expect((await clinic.ask(somebody(), source)).data).toMatchObject({
      found: [
        null,
        { access__type: 'Porter', access__type_: 'Pia' },
        { access__type: 'Surgeon' },
        {},
        {},
        null,
      ],
    });
  });
});

import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SearchRequest } from '@medplum/core';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { MemoryRepository } from '@medplum/fhir-router';

type Resource = Parameters<MemoryRepository['createResource']>[0];
type CreateOptions = Parameters<MemoryRepository['createResource']>[1];
type Structures = Extract<
  Parameters<typeof indexStructureDefinitionBundle>[0],
  { resourceType: 'Bundle' }
>;
type Searches = Parameters<typeof indexSearchParameterBundle>[0];

// HL7's own definitions, cut to what the server must know: all of them would cost 200 MB.
const definitions = JSON.parse(
  readFileSync(new URL('./definitions.json', import.meta.url), 'utf8'),
) as {
  readonly structures: NonNullable<Structures['entry']>;
  readonly searches: NonNullable<Searches['entry']>;
};

indexStructureDefinitionBundle({
  resourceType: 'Bundle',
  type: 'collection',
  entry: definitions.structures,
});
indexSearchParameterBundle({
  resourceType: 'Bundle',
  type: 'collection',
  entry: definitions.searches,
});

/** Medplum's repository with a journal, so that resources and their versions outlive the process. */
export class JournaledRepository extends MemoryRepository {
  readonly #journal: DatabaseSync;
  #replaying: boolean;

  private constructor(file: string) {
    super();
    this.#replaying = true;
    this.#journal = new DatabaseSync(file);
    this.#journal.exec(
      `pragma journal_mode = wal; pragma synchronous = full;
       create table if not exists resource (type text, id text, content text, primary key (type, id));`,
    );
  }

  static async open(file: string): Promise<JournaledRepository> {
    const repository = new JournaledRepository(file);
    const rows = repository.#journal.prepare('select content from resource').all();
    await repository.withSeeding(async () => {
      for (const row of rows)
        await repository.createResource(JSON.parse(String(row['content'])) as Resource);
    });
    repository.#replaying = false;
    return repository;
  }

  #keep(resource: { readonly resourceType: string; readonly id?: string | undefined }): void {
    if (this.#replaying) return;
    this.#journal
      .prepare('insert or replace into resource (type, id, content) values (?, ?, ?)')
      .run(resource.resourceType, String(resource.id), JSON.stringify(resource));
  }

  override async createResource<T extends Resource>(
    resource: T,
    options?: CreateOptions,
    update?: boolean,
  ): Promise<T & { id: string }> {
    const created = await super.createResource(resource, options, update);
    this.#keep(created);
    return created;
  }

  override async conditionalCreate<T extends Resource>(
    resource: T,
    search: SearchRequest<T>,
    options?: CreateOptions,
  ) {
    const result = await super.conditionalCreate(resource, search, options);
    this.#keep(result.resource);
    return result;
  }

  override async deleteResource(
    ...given: Parameters<MemoryRepository['deleteResource']>
  ): Promise<void> {
    await super.deleteResource(...given);
    this.#journal.prepare('delete from resource where type = ? and id = ?').run(given[0], given[1]);
  }

  close(): void {
    this.#journal.close();
  }
}

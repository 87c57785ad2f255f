import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { examples } from './examples.ts';
import { fetchPersonas, type Persona } from './session.ts';

const address = new URL('/graphql', window.location.href).href;

const Explorer = ({ personas }: { readonly personas: readonly Persona[] }) => {
  const authorizationOf = (key: string): string =>
    `Bearer ${personas.find((persona) => persona.key === key)?.token ?? ''}`;
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: address,
        // The schema is asked for before any tab has headers; a tab's own headers win.
        headers: { authorization: authorizationOf('ira') },
        wsClient: createClient({
          url: address.replace(/^http/, 'ws'),
          connectionParams: { authorization: authorizationOf('ira') },
        }),
      }),
    [personas],
  );
  return (
    <GraphiQL
      fetcher={fetcher}
      shouldPersistHeaders={false}
      defaultHeaders={JSON.stringify({ authorization: authorizationOf('ira') }, null, 1)}
      defaultTabs={examples.map((example) => ({
        query: example.query,
        headers: JSON.stringify({ authorization: authorizationOf(example.persona) }, null, 1),
      }))}
    />
  );
};

const Start = () => {
  const [personas, setPersonas] = useState<readonly Persona[]>();
  useEffect(() => {
    fetchPersonas().then(setPersonas, () => setPersonas([]));
  }, []);
  return personas === undefined ? null : <Explorer personas={personas} />;
};

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <Start />
    </StrictMode>,
  );

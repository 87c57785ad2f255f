const name = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const notInValue = /[^\t\x20-\x7e\x80-\xff]/;

/** A header as it is sent. Throws for what would end the line, or cannot be said in one: RFC 9110, 5.5. */
export const headerLine = (headerName: string, value: string): string => {
  if (!name.test(headerName) || notInValue.test(value))
    throw new Error(`The header "${headerName}" has a value that no header may have.`);
  return `${headerName}: ${value}\r\n`;
};

/** The head of a POST up to the headers that differ from request to request; without the empty line. */
export const requestHead = (url: URL, headers: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(headers).map(([header, value]) => headerLine(header, value));
  const authority = url.username
    ? headerLine(
        'authorization',
        `Basic ${btoa(decodeURIComponent(`${url.username}:${url.password}`))}`,
      )
    : '';
  return `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n${authority}${lines.join('')}`;
};

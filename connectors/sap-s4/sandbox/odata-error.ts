/** What the gateway says when it refuses; becomes the OData V2 error body. */
export class ODataError extends Error {
  readonly status: number;
  readonly code: string;
  readonly property: string;

  constructor(status: number, code: string, message: string, property = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.property = property;
  }
}

/** The body in JSON. */
export const errorBody = (error: ODataError, transactionId: string): string =>
  JSON.stringify({
    error: {
      code: error.code,
      message: { lang: 'en', value: error.message },
      innererror: {
        application: {
          component_id: 'MM-PUR-PO',
          service_namespace: '/SAP/',
          service_version: '0001',
        },
        transactionid: transactionId,
        timestamp: '',
        errordetails: [
          {
            code: error.code,
            message: error.message,
            propertyref: error.property,
            severity: 'error',
            target: error.property,
          },
        ],
      },
    },
  });

/** The same as Atom XML, which some gateways send whatever was asked for. */
export const errorXml = (error: ODataError): string =>
  `<?xml version="1.0" encoding="utf-8"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>${error.code}</code><message xml:lang="en">${error.message}</message></error>`;

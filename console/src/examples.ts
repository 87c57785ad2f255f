/** One operation to begin with for every persona of the demo; each is a tab of the explorer. */
export const examples: readonly { readonly persona: string; readonly query: string }[] = [
  {
    persona: 'ira',
    query: `# One query over finance, purchasing, stock and wards: an order with everything around it.
query OrderWithEverything {
  purchaseOrders(first: 5) {
    edges {
      node {
        number
        displayStatus
        total { amount currency }
        supplier { name externalIds { system value } }
        facility { name financeSystem }
        department { name costCenter { code } }
        requisition { number approvalSteps { role status decidedBy } clinicalOrigin { itemText quantity { value unit } } }
        lines { description quantity { value unit } receivedQuantity { value } item { gtin manufacturer } }
        receipts { number receivedAt }
        shipments { number carrier trackingNumber }
        invoices { number status total { amount currency } }
        nextAction { waitingOn action dueAt why }
        trace { steps { step system attempts outcome } }
        provenance { source asOf stale }
      }
    }
  }
}`,
  },
  {
    persona: 'maya',
    query: `# What waits for my decision?
query WaitsForMe {
  approvalsWaitingForMe {
    edges { node {
      id version number requester offContract
      total { amount currency }
      budgetCheck { verdict reason available { amount } }
      approvalSteps { stepNumber role status rule dueAt }
      lines { description quantity { value unit } unitPrice { amount } contract supplier { name } }
    } }
  }
}`,
  },
  {
    persona: 'maya',
    query: `# Say yes. Take the id and version from the query before.
mutation Approve($id: ID!, $version: Int!) {
  approveRequisition(input: { requisitionId: $id, version: $version }) {
    __typename
    ... on RequisitionApproved { requisition { number status } }
    ... on ApprovalStepRecorded { waitingFor { role } }
    ... on DecisionRefused { rule reason }
    ... on RequisitionChanged { expectedVersion }
  }
}`,
  },
  {
    persona: 'nora',
    query: `# Follow what becomes of the ward's requests.
subscription Follow {
  documentStatusChanged {
    occurredAt type summary to
    purchaseOrder { number displayStatus supplier { name } }
  }
}`,
  },
  {
    persona: 'stef',
    query: `# What waits for a steward, and the missing mapping by name.
query Exceptions {
  exceptions(filter: { status: OPEN }) {
    edges { node { id kind message missingMapping { entity system localId } raisedAt } }
  }
}`,
  },
  {
    persona: 'olga',
    query: `# Who did what, on whose authority.
query Audit {
  auditEntries(first: 20) {
    edges { node { at actor action subjectType subjectId authority } }
  }
}`,
  },
];

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** The segments that 005010 allows in the transaction sets which the hub reads (X12 855, 856, 997). */
const allowed: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    '855',
    words(`ST BAK CUR REF PER TAX FOB CTP PAM CSH SAC ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD5 TD3 TD4 MAN
      TXI CTB N9 MTX MSG N1 N2 NX2 N3 N4 LM LQ SPI CB1 ADV PO1 PO3 PO4 ACK IT3 IT8 SCH SLN SDQ AMT CTT SE PCT LS LE
      SS FA1 FA2`),
  ],
  [
    '856',
    words(`ST BSN DTM HL LIN SN1 SLN PRF PO4 PID MEA PWK PKG TD1 TD5 TD3 TD4 TSD REF PER LH1 LH2 LH3 LFH LEP LH4 LHT
      LHR LHE CLD MAN FOB PAL N1 N2 N3 N4 SDQ ETD CUR ITA ITD SAC GF YNQ LM LQ V1 R4 CTT SE CTB LDT N9 MTX MSG AMT
      CN1 CTP SI OD5 EFI TH UIT CID PO1 PSA DMG UID UC LE LS ADV SPI CS`),
  ],
  ['997', words('ST AK1 AK2 AK3 AK4 AK5 AK9 SE')],
]);

/** The segments a transaction may hold; undefined for a set that the hub does not read. */
export const segmentsOf = (set: string): ReadonlySet<string> | undefined => allowed.get(set);

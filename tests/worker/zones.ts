/**
 * Time zones with rare rules. The clocks of Santiago, Beirut and Cairo jump over midnight or repeat the hour before it.
 * Lord Howe's clocks change by half an hour. Apia skipped 30 December 2011. Kathmandu is at UTC+5:45, Kiritimati at
 * UTC+14 and Pago Pago at UTC-11.
 */
export const ZONES = [
  'Asia/Kuwait',
  'America/Santiago',
  'Europe/London',
  'Asia/Beirut',
  'Africa/Cairo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
] as const;

/**
 * Time zones whose clocks do what clocks seldom do. Santiago, Beirut and Cairo jump over midnight or repeat the hour
 * before it, Lord Howe moves by half an hour, Apia skipped 30 December 2011, Kathmandu is three quarters of an hour
 * off, Kiritimati and Pago Pago lie at the ends of the day.
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

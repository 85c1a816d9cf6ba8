// The globals that a page's component may use beside ECMAScript's: workerd and every browser have them.

declare const URL: {
  new (url: string): { readonly origin: string; readonly href: string; username: string; password: string };
  canParse(url: string): boolean;
};

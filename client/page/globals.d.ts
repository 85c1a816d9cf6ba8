// What a page's component may use beside the language itself: what the renderer in workerd and every browser have alike.

declare const URL: { new (url: string): { readonly origin: string }; canParse(url: string): boolean };

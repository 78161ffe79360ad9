// Headers of every answer. Source: OWASP Secure Headers Project, https://owasp.org/www-project-secure-headers/.

/** Of every answer, whatever it holds; what nobody may frame, sniff, keep or refer to. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
}

/** Of answers that are data: nothing in them may load or run, should a browser show them. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

// Whoever imports VPrep can name the providers, verdicts and predictions that its calls return.
@_exported public import Services
